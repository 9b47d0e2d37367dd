import { env } from "@/lib/env";
import { testSource } from "@/lib/sources/commands";
import { sourceTestInput, sourceTestView } from "@/lib/sources/schema";
import { apiRoute } from "@/lib/web/api";

/** A sample of an answer may be as large as an answer. */
const mostBytes = 6 * 1024 ** 2;

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/sources/test",
    summary:
      "Tries a source without saving it: with a query, or a schema with a sample of its service's answer",
    role: "admin",
    body: sourceTestInput,
    maxBodyBytes: mostBytes,
    answers: { 200: sourceTestView },
  },
  ({ db, body, say, request }) =>
    testSource({ db, env: env(), say, now: () => new Date() }, body, { signal: request.signal }),
);
