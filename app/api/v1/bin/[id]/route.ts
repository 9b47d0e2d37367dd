import { z } from "zod";
import { deleteFromBin } from "@/lib/bin/mutations";
import { binId } from "@/lib/bin/schema";
import { jobEnded } from "@/lib/queue/wait";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/bin/{id}",
    summary: "Deletes for good what lies in the bin, with everything that belongs to it",
    role: "admin",
    params: z.object({ id: binId }),
    query: z.strictObject({}),
    answers: { 204: null, 404: null },
  },
  async ({ db, params, now }) => {
    const { jobId } = deleteFromBin(db, params.id, now);
    // Its files are gone a moment later: who is told "deleted" should not find them.
    await jobEnded(db, jobId, { timeoutMs: 10_000 });
    return undefined;
  },
);
