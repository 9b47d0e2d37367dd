import { z } from "zod";
import { movieId } from "@/lib/movies/schema";
import { refreshSubtitles } from "@/lib/subtitles/refresh";
import { refreshAnswer } from "@/lib/subtitles/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/movies/{id}/subtitles/refresh",
    summary: "Looks for the subtitles of a movie again; uploads stay",
    role: "admin",
    params: z.object({ id: movieId }),
    answers: { 202: refreshAnswer, 404: null, 409: null },
  },
  ({ db, params, now }) => {
    const { jobIds } = refreshSubtitles(db, { movieIds: [params.id], now });
    return { jobId: jobIds[0] ?? null, jobIds };
  },
);
