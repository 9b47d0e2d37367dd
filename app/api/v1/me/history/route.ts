import { listHistory } from "@/lib/playback/data";
import { deleteHistory } from "@/lib/playback/mutations";
import { historyView } from "@/lib/playback/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

const path = "/api/v1/me/history";

export const GET = apiRoute(
  {
    method: "GET",
    path,
    summary: "What the caller watched and when, the newest sitting first",
    role: "member",
    account: true,
    query: pageQuery,
    answers: { 200: pageOf(historyView) },
  },
  ({ db, user, query }) => listHistory(db, { ...query, userId: user.id }),
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary: "Deletes the caller's whole history",
    role: "member",
    account: true,
    answers: { 204: null },
  },
  ({ db, user }) => {
    deleteHistory(db, { userId: user.id });
    return undefined;
  },
);
