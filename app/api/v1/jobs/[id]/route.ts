import { z } from "zod";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/jobs/{id}",
    summary: "Ends a job that runs or waits; takes one that ended off the list",
    role: "admin",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    answers: { 204: null },
  },
  ({ db, params, now }) => {
    cancelOrRemoveJob(db, params.id, now);
    return undefined;
  },
);
