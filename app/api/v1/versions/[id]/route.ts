import { z } from "zod";
import { binVersion } from "@/lib/bin/commands";
import { deletionQuery } from "@/lib/bin/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { deleteVersion } from "@/lib/movies/remove";
import { jobEnded } from "@/lib/queue/wait";
import { versionOf } from "@/lib/versions/data";
import { versionView } from "@/lib/versions/schema";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/versions/{id}";
const params = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

export const GET = apiRoute(
  {
    method: "GET",
    path,
    summary: "One version of a movie",
    role: "member",
    params,
    answers: { 200: versionView.extend({ movieId: z.string() }) },
  },
  ({ db, params, say }) => {
    const version = versionOf(db, params.id, say);
    if (!version) throw new AppError("version-unknown", { status: 404 });
    return version;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary:
      "Deletes one version of a movie with its files and its torrent; with bin=true it lies in the bin first, from where it can be brought back",
    role: "admin",
    params,
    query: deletionQuery,
    answers: { 204: null, 409: null },
  },
  async ({ db, params, query, now }) => {
    if (query.bin === "true") {
      await binVersion({ db, env: env(), now }, params.id);
      return undefined;
    }
    const { jobId } = deleteVersion(db, params.id, now);
    // Its files are gone a moment later: who is told "deleted" should not find them.
    await jobEnded(db, jobId, { timeoutMs: 10_000 });
    return undefined;
  },
);
