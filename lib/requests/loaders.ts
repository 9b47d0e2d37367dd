import "server-only";
import { cache } from "react";
import { currentUser, requireAdmin, requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { sourcesToAsk } from "@/lib/sources/data";
import { maySearchSources } from "@/lib/sources/policy";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { countWaiting, listRequests } from "./data";
import { asksForMovies } from "./policy";
import type { RequestLinks, RequestView } from "./schema";

/** For the bars; nobody in particular sees none of it. */
export const loadRequestLinks = cache(async (): Promise<RequestLinks> => {
  const user = await currentUser();
  if (!user) return { mayAsk: false, waiting: null, hasOwn: false };
  const db = database();
  const mayAsk = asksForMovies(db, env(), user);
  if (user.role === "admin") return { mayAsk, waiting: countWaiting(db), hasOwn: false };
  const reader = { userId: user.id, isAdmin: false };
  const hasOwn = mayAsk || listRequests(db, { page: 1, pageSize: 1 }, reader).total > 0;
  return { mayAsk, waiting: null, hasOwn };
});

/** More than a person has open; what is older than a hundred answers is no news. */
const wholeList = { page: 1, pageSize: 100 };

/** The person's own requests, and whether the page can search for them. */
export async function loadOwnRequests(): Promise<{
  requests: RequestView[];
  maySearch: boolean;
}> {
  const user = await requireUser();
  const db = database();
  const { askable, paused } = sourcesToAsk(db, new Date());
  return {
    requests: listRequests(db, wholeList, { userId: user.id, isAdmin: false }).items,
    maySearch: maySearchSources(db, env(), user) && askable.length + paused.length > 0,
  };
}

/** What waits for an admin, and a page of what was decided; for admins. */
export async function loadRequests(
  query: PageQuery,
): Promise<{ waiting: RequestView[]; settled: Page<RequestView> }> {
  const user = await requireAdmin();
  const reader = { userId: user.id, isAdmin: true };
  return {
    waiting: listRequests(database(), { ...wholeList, status: "waiting" }, reader).items,
    settled: listRequests(database(), { ...query, status: "settled" }, reader),
  };
}
