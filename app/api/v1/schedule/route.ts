import { z } from "zod";
import { listTicks } from "@/lib/queue/schedule";
import { tickView } from "@/lib/queue/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/schedule",
    summary: "What happens by the clock, with its last and its next run",
    role: "admin",
    answers: { 200: z.object({ items: z.array(tickView) }) },
  },
  ({ db }) => ({ items: listTicks(db) }),
);
