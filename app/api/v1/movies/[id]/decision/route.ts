import { z } from "zod";
import { decide } from "@/lib/movies/decide";
import { movieId } from "@/lib/movies/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/movies/{id}/decision",
    summary: "Takes one of the options that a movie waits for",
    role: "admin",
    params: z.object({ id: movieId }),
    body: z.object({ optionId: z.string().min(1).max(100) }),
    answers: { 204: null },
  },
  ({ db, params, body, now }) => {
    decide(db, params.id, body.optionId, now);
    return undefined;
  },
);
