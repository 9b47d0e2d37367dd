import { env } from "@/lib/env";
import { storageNow } from "@/lib/storage/overview";
import { storageQuery, storageView } from "@/lib/storage/schema";
import { apiRoute } from "@/lib/web/api";

/** As long as a script waits for the very first count. */
const waitMs = 10_000;

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/storage",
    summary:
      "What takes space on which disk, what can go, and whether what is running will fit; counted every few minutes",
    role: "admin",
    query: storageQuery,
    answers: { 200: storageView },
  },
  ({ db, query, now }) => storageNow({ db, env: env(), now }, { days: query.days, waitMs }),
);
