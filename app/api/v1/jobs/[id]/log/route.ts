import { z } from "zod";
import { listJobLines } from "@/lib/queue/job-log";
import { jobLogLine } from "@/lib/queue/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/jobs/{id}/log",
    summary: "What a background job said, the newest line first; the newest 500 are kept",
    role: "admin",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    query: pageQuery,
    answers: { 200: pageOf(jobLogLine) },
  },
  ({ db, params, query }) => listJobLines(db, params.id, query),
);
