import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { settingOf } from "@/lib/settings/data";

interface Person {
  role: "admin" | "member" | "visitor";
}

/** Admins, and members when the household lets them: who may ask the sources what they have. */
export function maySearchSources(db: Db, env: Env, { role }: Person): boolean {
  return role === "admin" || (role === "member" && settingOf(db, env, "membersMaySearch"));
}
