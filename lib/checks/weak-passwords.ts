import { createHash } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import { users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { verifyPassword } from "@/lib/users/password";
import type { AdminFacts } from "./passwords";

const key = "weak-passwords";
/** Each try is meant to be slow: so few are made, and the answer is kept for as long as the hash. */
const mostAdmins = 10;

/** What is tried first by whoever tries; with the account's own name they are all that is tried. */
const knownPasswords = [
  ...["password", "password1", "12345678", "123456789", "1234567890", "qwertyuiop", "changeme"],
  ...["admin123", "adminadmin", "vigilio", "vigilio1", "letmein1"],
];

/** Answers by a digest of the hash that they are about, and of what was tried. */
const stored = z.record(z.string(), z.boolean());

function answersOf(db: Db): z.output<typeof stored> {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  return stored.safeParse(row?.value).data ?? {};
}

function save(db: Db, value: z.output<typeof stored>, now: Date): void {
  db.insert(serviceState)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
    .run();
}

async function isKnown(hash: string, username: string): Promise<boolean> {
  const own = [username, `${username}1`, `${username}123`, `${username}${username}`];
  for (const password of [...own, ...knownPasswords]) {
    if (await verifyPassword(hash, password)) return true;
  }
  return false;
}

/** Admins who may sign in, each with what is wrong with their password. */
export async function adminFacts(db: Db, now: Date): Promise<AdminFacts[]> {
  const admins = db
    .select()
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.disabledAt)))
    .limit(mostAdmins)
    .all();
  const before = answersOf(db);
  const answers: z.output<typeof stored> = {};
  const facts: AdminFacts[] = [];
  for (const { username, passwordHash, mustChangePassword } of admins) {
    if (passwordHash === null) {
      facts.push({ username, password: "none" });
      continue;
    }
    const about = JSON.stringify([passwordHash, username, knownPasswords]);
    const digest = createHash("sha256").update(about).digest("base64url");
    const answer = before[digest] ?? (await isKnown(passwordHash, username));
    answers[digest] = answer;
    const given = mustChangePassword ? "given" : "fine";
    facts.push({ username, password: answer ? "known" : given });
  }
  save(db, answers, now);
  return facts;
}
