import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { subtitleViewOf } from "@/lib/subtitles/data";
import { deleteSubtitle, updateSubtitle } from "@/lib/subtitles/mutations";
import { subtitleChangesInput, subtitleView } from "@/lib/subtitles/schema";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/subtitles/{id}";
const params = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path,
    summary: "Mends a subtitle's delay, speed, label, language or encoding",
    role: "admin",
    params,
    body: subtitleChangesInput,
    answers: { 200: subtitleView, 404: null },
  },
  async ({ db, params, body, now, say }) => {
    if (!subtitleViewOf(db, params.id, say)) throw new AppError("not-found", { status: 404 });
    const { mediaDir } = env();
    await updateSubtitle(db, { id: params.id, mediaDir, changes: body, now });
    const changed = subtitleViewOf(db, params.id, say);
    if (!changed) throw new AppError("not-found", { status: 404 });
    return changed;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary: "Deletes a subtitle",
    role: "admin",
    params,
    answers: { 204: null, 404: null },
  },
  async ({ db, params, now, say }) => {
    if (!subtitleViewOf(db, params.id, say)) throw new AppError("not-found", { status: 404 });
    await deleteSubtitle(db, { id: params.id, mediaDir: env().mediaDir, now });
  },
);
