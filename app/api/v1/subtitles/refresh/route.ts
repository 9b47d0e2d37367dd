import { refreshSubtitles } from "@/lib/subtitles/refresh";
import { refreshAnswer, refreshInput } from "@/lib/subtitles/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/subtitles/refresh",
    summary: "Looks for the subtitles of several movies again; uploads stay",
    role: "admin",
    body: refreshInput,
    answers: { 202: refreshAnswer, 409: null },
  },
  ({ db, body, now }) => {
    const { jobIds } = refreshSubtitles(db, { movieIds: body.movieIds, now });
    return { jobId: jobIds[0] ?? "", jobIds };
  },
);
