import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { WorkSpeed } from "./readiness";

const key = "work-speed";
/** Of the films that were made last. */
const mostFilms = 10;
/** From so many on they tell more than the test. */
const enoughFilms = 1;

const positive = z.number().positive();
const stored = z.object({
  /** What the test was made with: another program or other settings, and it is made again. */
  test: z
    .object({ madeWith: z.string(), picture: positive, sound: positive })
    .nullable()
    .catch(null),
  /** Speeds of real films: seconds of a 1080p film in a second. */
  pictures: z.array(positive).catch([]),
  sounds: z.array(positive).catch([]),
  /** What the films were made with, as above. */
  filmsMadeWith: z.string().nullable().catch(null),
});
type Stored = z.output<typeof stored>;

const nothing: Stored = { test: null, pictures: [], sounds: [], filmsMadeWith: null };

function read(db: Db): Stored {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  return stored.safeParse(row?.value).data ?? nothing;
}

function write(db: Db, value: Stored, now: Date): void {
  db.insert(serviceState)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
    .run();
}

/** Films of many lengths and kinds: the middle one, so that a strange one counts for little. */
function middle(speeds: readonly number[]): number | null {
  if (speeds.length < enoughFilms) return null;
  const sorted = speeds.toSorted((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const upper = sorted[at] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[at - 1] ?? upper)) / 2;
}

/** How fast this machine works: from real films where there are some, else from the test. */
export function workSpeed(db: Db): WorkSpeed | null {
  const { test, pictures, sounds } = read(db);
  const picture = middle(pictures) ?? test?.picture;
  const sound = middle(sounds) ?? test?.sound;
  return picture && sound ? { picture, sound } : null;
}

/** True when the test was made with this program and these settings. */
export function isSpeedTested(db: Db, madeWith: string): boolean {
  return read(db).test?.madeWith === madeWith;
}

/** Keeps what the test measured. Films that were made otherwise tell nothing any more. */
export function saveSpeedTest(
  db: Db,
  { madeWith, speed, now }: { madeWith: string; speed: WorkSpeed; now: Date },
): void {
  const known = read(db);
  const isSame = known.filmsMadeWith === madeWith;
  const films = isSame ? {} : { pictures: [], filmsMadeWith: null };
  write(db, { ...known, ...films, test: { madeWith, ...speed } }, now);
}

/** Keeps how fast a real film was made: its picture, or its sound alone. */
export function saveFilmSpeed(
  db: Db,
  args: { madeWith: string; work: "picture" | "sound"; speed: number; now: Date },
): void {
  const { madeWith, work, speed, now } = args;
  if (!(speed > 0) || !Number.isFinite(speed)) return;
  const known = read(db);
  const withThis = (list: readonly number[]) => [...list, speed].slice(-mostFilms);
  if (work === "sound") write(db, { ...known, sounds: withThis(known.sounds) }, now);
  else {
    const before = known.filmsMadeWith === madeWith ? known.pictures : [];
    write(db, { ...known, pictures: withThis(before), filmsMadeWith: madeWith }, now);
  }
}
