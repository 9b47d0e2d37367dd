import { z } from "zod";
import { env } from "@/lib/env";
import { movieId } from "@/lib/movies/schema";
import { movieFiles } from "@/lib/versions/files";
import { fileView } from "@/lib/versions/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/movies/{id}/files",
    summary: "Every file that belongs to a movie, whether it is in use and whether it is there",
    role: "admin",
    params: z.object({ id: movieId }),
    answers: { 200: z.object({ items: z.array(fileView) }), 404: null },
  },
  async ({ db, params }) => ({
    items: await movieFiles(db, { movieId: params.id, folders: env() }),
  }),
);
