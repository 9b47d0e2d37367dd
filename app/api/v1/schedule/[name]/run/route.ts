import { z } from "zod";
import { startTick } from "@/lib/queue/schedule";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/schedule/{name}/run",
    summary: "Does now what happens by the clock; 409 while it is at it",
    role: "admin",
    // By name alone: what no tick could be called is 404.
    params: z.object({ name: z.string().regex(/^[a-z][a-z-]{1,59}$/) }),
    answers: { 204: null },
  },
  ({ params }) => {
    // Settled in any case: what goes wrong stands in its last run.
    void startTick(params.name);
    return undefined;
  },
);
