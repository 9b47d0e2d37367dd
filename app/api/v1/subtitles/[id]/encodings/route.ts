import { z } from "zod";
import { encodingsOf } from "@/lib/subtitles/data";
import { encodingsQuery, encodingsView } from "@/lib/subtitles/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/subtitles/{id}/encodings",
    summary: "How a subtitle reads in the encodings that it may be in",
    role: "admin",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    query: encodingsQuery,
    answers: { 200: encodingsView, 404: null },
  },
  ({ db, params, query }) => encodingsOf(db, params.id, query.encoding),
);
