import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { mayAddMovies } from "@/lib/movies/policy";

interface Person {
  role: "admin" | "member" | "visitor";
}

/** Everybody with an account; the demo's visitors have none that anybody would answer. */
export function mayAskForMovies({ role }: Person): boolean {
  return role !== "visitor";
}

/** Members who may not add themselves are offered to ask; the demo's visitors are not. */
export function asksForMovies(db: Db, env: Env, person: Person): boolean {
  return person.role === "member" && !mayAddMovies(db, env, person);
}
