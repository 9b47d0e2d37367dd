import "server-only";
import { cache } from "react";
import { requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { type Page, pageQuery } from "@/lib/web/page-query";
import { listHistory } from "./data";
import type { HistoryView } from "./schema";

/** A page (1-based) of the caller's history, newest first. */
export const loadHistory = cache(async (page = 1): Promise<Page<HistoryView>> => {
  const user = await requireUser();
  return listHistory(database(), { ...pageQuery.parse({ page, pageSize: 50 }), userId: user.id });
});
