import { scanById, scanRows, scanViewOf } from "@/lib/imports/data";
import { scanParams, scanRow, scanRowsQuery, scanView } from "@/lib/imports/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/import/scans/{id}",
    summary:
      "How a scan is, and a page of the films that it found: what is new first, what is in the library last",
    role: "admin",
    params: scanParams,
    query: scanRowsQuery,
    answers: { 200: pageOf(scanRow).extend({ scan: scanView }), 404: null },
  },
  ({ db, params, query, say }) => ({
    scan: scanViewOf(db, scanById(db, params.id), say),
    ...scanRows(db, params.id, query, say),
  }),
);
