import { z } from "zod";
import { fetchLanguage, refreshSubtitles } from "@/lib/subtitles/refresh";
import { languageFetchInput, refreshAnswer, refreshInput } from "@/lib/subtitles/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/subtitles/refresh",
    summary:
      "Looks for the subtitles of several movies again, uploads stay; or for a language, wherever it is missing",
    role: "admin",
    body: z.union([refreshInput, languageFetchInput]),
    answers: { 202: refreshAnswer, 409: null },
  },
  ({ db, body, now }) => {
    const { jobIds } =
      "language" in body
        ? fetchLanguage(db, { language: body.language, now })
        : refreshSubtitles(db, { movieIds: body.movieIds, now });
    return { jobId: jobIds[0] ?? null, jobIds };
  },
);
