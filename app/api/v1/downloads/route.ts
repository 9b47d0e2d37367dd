import { listDownloads } from "@/lib/downloads/data";
import { downloadView } from "@/lib/downloads/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/downloads",
    summary: "Vigilio's torrents, the newest first",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(downloadView) },
  },
  ({ db, query, say }) => listDownloads(db, query, say),
);
