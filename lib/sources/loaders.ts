import "server-only";
import { redirect } from "next/navigation";
import { cache } from "react";
import { currentUser, requireAdmin, requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, type Reason } from "@/lib/errors";
import { mayAddMovies } from "@/lib/movies/policy";
import { asksForMovies } from "@/lib/requests/policy";
import { pageLocale, reasonText } from "@/lib/web/words";
import { allSources, sourceById, sourcesToAsk, toSourceView } from "./data";
import { maySearchSources } from "./policy";
import type { SourceView } from "./schema";

/** True for whoever may add movies; false for nobody in particular, too. */
export const loadMayAdd = cache(async (): Promise<boolean> => {
  const user = await currentUser();
  return user !== null && mayAddMovies(database(), env(), user);
});

export interface AddPlace {
  isAdmin: boolean;
  maySearch: boolean;
  /** Of those that a search asks. */
  sourceCount: number;
}

/**
 * What the page for adding depends on. Whoever may not add, but ask, is sent to where they do.
 *
 * @throws AppError 403 for anybody else who may not add.
 */
export async function loadAddPlace(): Promise<AddPlace> {
  const user = await requireUser();
  const db = database();
  if (asksForMovies(db, env(), user)) redirect("/requests");
  if (!mayAddMovies(db, env(), user)) throw new AppError("admins-only", { status: 403 });
  const { askable, paused } = sourcesToAsk(db, new Date());
  return {
    isAdmin: user.role === "admin",
    maySearch: maySearchSources(db, env(), user),
    sourceCount: askable.length + paused.length,
  };
}

async function reader() {
  const locale = await pageLocale();
  return { say: (reason: Reason) => reasonText(reason, locale), now: new Date() };
}

/** All sources, in their order. */
export async function loadSources(): Promise<SourceView[]> {
  await requireAdmin();
  const shown = await reader();
  return allSources(database()).map((source) => toSourceView(source, shown));
}

/** One source; null when there is none of that id. */
export async function loadSource(id: string): Promise<SourceView | null> {
  await requireAdmin();
  const source = sourceById(database(), id);
  return source && toSourceView(source, await reader());
}
