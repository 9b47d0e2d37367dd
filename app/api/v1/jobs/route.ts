import { jobListQuery, listJobs } from "@/lib/queue/data";
import { jobView } from "@/lib/queue/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/jobs",
    summary: "Background jobs: what runs, what waits, what is done",
    role: "admin",
    query: jobListQuery,
    answers: { 200: pageOf(jobView) },
  },
  ({ db, query, say }) => listJobs(db, query, say),
);
