import { z } from "zod";
import { downloadOf } from "@/lib/downloads/data";
import { downloadView } from "@/lib/downloads/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { addRequested } from "@/lib/movies/add";
import { listMovies, movieOf } from "@/lib/movies/data";
import { mayAddMovies } from "@/lib/movies/policy";
import {
  addMovieBody,
  addMovieFields,
  foundCard,
  movieListQuery,
  moviePageExtra,
  movieView,
} from "@/lib/movies/schema";
import { connect } from "@/lib/settings/connect";
import { versionOf } from "@/lib/versions/data";
import { versionView } from "@/lib/versions/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/movies",
    summary: "A page of movies. With a query and no order the best match comes first.",
    role: "member",
    query: movieListQuery,
    answers: { 200: pageOf(foundCard).extend(moviePageExtra) },
  },
  ({ db, user, query, say }) => listMovies(db, query, { userId: user.id ?? "", say }),
);

const mostTorrentBytes = 10 * 1024 ** 2;

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/movies",
    summary:
      "Adds a movie, or another version of one, from a magnet, a link to a .torrent, a .torrent file, a file in an import folder or a release that a search found. Members may when the settings allow it.",
    role: "member",
    scope: "add",
    body: addMovieBody,
    multipart: {
      fields: addMovieFields,
      files: { torrent: { maxBytes: mostTorrentBytes, required: true } },
    },
    maxBodyBytes: mostTorrentBytes + 1024 ** 2,
    answers: {
      201: z.object({
        movie: movieView,
        version: versionView,
        download: downloadView.nullable(),
      }),
    },
  },
  async ({ db, user, body, files, now, say }) => {
    const isAdmin = user.role === "admin";
    if (!mayAddMovies(db, env(), user)) throw new AppError("admins-only", { status: 403 });
    const added = await addRequested(
      { db, env: env(), services: connect(db, env()), user: { id: user.id, isAdmin }, now },
      { ...body, torrent: files.torrent?.bytes },
    );
    const movie = movieOf(db, added.movieId, { userId: user.id ?? "", say });
    const version = versionOf(db, added.versionId, say);
    // Both were made a moment ago; somebody else may have deleted them since.
    if (!movie || !version) throw new AppError("movie-unknown", { status: 404 });
    const download = added.downloadId ? downloadOf(db, added.downloadId, say) : null;
    return { movie, version, download };
  },
);
