import "server-only";
import { cache } from "react";
import { requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { movieId } from "@/lib/movies/schema";
import { type Page, pageQuery } from "@/lib/web/page-query";
import { listHistory } from "./data";
import { earlierPlacesOf } from "./places";
import type { HistoryView } from "./schema";

/** A page (1-based) of the caller's history, newest first. */
export const loadHistory = cache(async (page = 1): Promise<Page<HistoryView>> => {
  const user = await requireUser();
  return listHistory(database(), { ...pageQuery.parse({ page, pageSize: 50 }), userId: user.id });
});

/** Where the caller was in a movie before they jumped elsewhere, in seconds, newest first. */
export const loadEarlierPlaces = cache(async (id: string): Promise<number[]> => {
  const user = await requireUser();
  if (!movieId.safeParse(id).success) return [];
  const places = earlierPlacesOf(database(), { userId: user.id, movieId: id });
  return places.map(({ positionSeconds }) => positionSeconds);
});
