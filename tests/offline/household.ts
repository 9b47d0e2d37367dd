import type { Db } from "@/lib/db";
import { setInList } from "@/lib/lists/mutations";
import { saveProgress, setWatched } from "@/lib/playback/mutations";
import { createFirstAdmin, createUser } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";

/** Accounts of a server that listens on this machine alone. */
export const offlineAdmin = { username: "admin", password: "one lamp is lit" } as const;
export const offlineMember = { username: "guest", password: "one seat is free" } as const;

/** Makes an admin and a member; the admin's id. */
export async function addPeople(db: Db, now: Date): Promise<string> {
  const admin = createFirstAdmin(db, {
    username: offlineAdmin.username,
    passwordHash: await hashPassword(offlineAdmin.password),
    now,
  });
  createUser(db, {
    username: offlineMember.username,
    passwordHash: await hashPassword(offlineMember.password),
    role: "member",
    now,
  });
  return admin.id;
}

/** What a person did in a week: films begun, seen to their end, and put on their list. */
export function watchSome(
  db: Db,
  args: { userId: string; movieIds: readonly string[]; durationSeconds: number; now: Date },
): void {
  const { userId, movieIds, durationSeconds } = args;
  const hoursAgo = (hours: number) => new Date(args.now.getTime() - hours * 3_600_000);
  const [begun, seen, listed] = [
    movieIds.slice(0, 6),
    movieIds.slice(6, 11),
    movieIds.slice(3, 15),
  ];
  for (const [place, movieId] of seen.entries()) {
    const at = { userId, movieId, durationSeconds };
    const hours = 160 - place * 15;
    saveProgress(db, { ...at, positionSeconds: durationSeconds * 0.4, now: hoursAgo(hours) });
    saveProgress(db, { ...at, positionSeconds: durationSeconds, now: hoursAgo(hours - 1) });
  }
  for (const [place, movieId] of begun.entries()) {
    const share = [0.42, 0.08, 0.57, 0.15, 0.5, 0.31][place] ?? 0.5;
    const now = hoursAgo(2 + (begun.length - place) * 9);
    saveProgress(db, {
      ...{ userId, movieId, durationSeconds },
      positionSeconds: durationSeconds * share,
      now,
    });
  }
  for (const [place, movieId] of listed.entries()) {
    setInList(db, { userId, movieId, inList: true, now: hoursAgo(100 - place * 4) });
  }
  const [marked] = movieIds.slice(16);
  if (marked) setWatched(db, { userId, movieId: marked, watched: true, now: hoursAgo(30) });
}
