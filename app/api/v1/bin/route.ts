import { listBin } from "@/lib/bin/data";
import { binItem } from "@/lib/bin/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/bin",
    summary: "What was deleted and can be brought back, what was deleted last first",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(binItem) },
  },
  ({ db, query }) => listBin(db, query),
);
