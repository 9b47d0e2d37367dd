import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { uploadPoster } from "@/lib/library/commands";
import { maxPosterBytes } from "@/lib/library/schema";
import { changeMovie } from "@/lib/movies/edits";
import { movieId } from "@/lib/movies/schema";
import { connect } from "@/lib/settings/connect";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/movies/{id}/poster";
const params = z.object({ id: movieId });

export const PUT = apiRoute(
  {
    method: "PUT",
    path,
    summary: "Makes a picture the movie's poster: JPEG, PNG, WebP, GIF or AVIF that stands still",
    role: "admin",
    params,
    multipart: {
      fields: z.object({}),
      files: { poster: { maxBytes: maxPosterBytes, required: true } },
    },
    maxBodyBytes: maxPosterBytes + 1024 ** 2,
    answers: { 204: null },
  },
  async ({ db, params, files, now }) => {
    const bytes = files.poster?.bytes;
    if (!bytes) throw new AppError("field-required", { status: 422 });
    const context = { db, env: env(), services: connect(db, env()), now };
    await uploadPoster(context, { movieId: params.id, bytes });
    return undefined;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary: "Goes back to the poster that TMDB says",
    role: "admin",
    params,
    answers: { 204: null },
  },
  ({ db, params, now }) => {
    changeMovie(db, params.id, { posterId: null }, now);
    return undefined;
  },
);
