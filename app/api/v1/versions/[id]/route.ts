import { z } from "zod";
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
    summary: "Deletes one version of a movie with its files and its torrent",
    role: "admin",
    params,
    // Strict: who asks for something gentler than deleting must not get a deletion.
    query: z.strictObject({}),
    answers: { 204: null },
  },
  async ({ db, params, now }) => {
    const { jobId } = deleteVersion(db, params.id, now);
    // Its files are gone a moment later: who is told "deleted" should not find them.
    await jobEnded(db, jobId, { timeoutMs: 10_000 });
    return undefined;
  },
);
