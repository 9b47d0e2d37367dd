import { z } from "zod";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { jobOf } from "@/lib/queue/job-page";
import { jobView } from "@/lib/queue/schema";
import { apiRoute } from "@/lib/web/api";

const params = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/jobs/{id}",
    summary: "One background job",
    role: "admin",
    params,
    answers: { 200: jobView },
  },
  ({ db, params: { id }, say }) => jobOf(db, id, say),
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/jobs/{id}",
    summary: "Ends a job that runs or waits; takes one that ended off the list",
    role: "admin",
    params,
    answers: { 204: null },
  },
  ({ db, params: { id }, now }) => {
    cancelOrRemoveJob(db, id, now);
    return undefined;
  },
);
