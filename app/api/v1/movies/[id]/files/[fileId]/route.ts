import { z } from "zod";
import { env } from "@/lib/env";
import { movieId } from "@/lib/movies/schema";
import { deleteMovieFile } from "@/lib/versions/files";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/movies/{id}/files/{fileId}",
    summary: "Deletes a file of a movie that nothing uses; a subtitle goes with its entry",
    role: "admin",
    params: z.object({ id: movieId, fileId: z.string().regex(/^[0-9a-f]{16}$/) }),
    answers: { 204: null, 404: null, 409: null },
  },
  ({ db, params, now }) =>
    deleteMovieFile(db, { movieId: params.id, fileId: params.fileId, folders: env(), now }),
);
