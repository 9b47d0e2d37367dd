import { z } from "zod";
import { retryJob } from "@/lib/queue/commands";
import { answer, apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/jobs/{id}/retry",
    summary: "Tries a job again, from its first attempt",
    role: "admin",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    answers: { 202: z.object({ jobId: z.string() }) },
  },
  ({ db, params, now }) => {
    retryJob(db, params.id, now);
    return answer(202, { jobId: params.id });
  },
);
