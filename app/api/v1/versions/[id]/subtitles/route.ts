import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { connect } from "@/lib/settings/connect";
import { uploadSubtitle } from "@/lib/subtitles/commands";
import { subtitleViewOf } from "@/lib/subtitles/data";
import { maxSubtitleBytes } from "@/lib/subtitles/not-subtitle";
import { subtitleUploadFields, subtitleView } from "@/lib/subtitles/schema";
import { versionOf } from "@/lib/versions/data";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/versions/{id}/subtitles",
    summary: "Adds a subtitle file, in any text format and encoding",
    role: "admin",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    multipart: {
      fields: subtitleUploadFields,
      files: { file: { maxBytes: maxSubtitleBytes, required: true } },
    },
    maxBodyBytes: maxSubtitleBytes + 1024 ** 2,
    answers: { 201: subtitleView, 404: null },
  },
  async ({ db, params, body, files, now, say }) => {
    if (!versionOf(db, params.id, say)) throw new AppError("version-unknown", { status: 404 });
    const bytes = files.file?.bytes ?? Buffer.alloc(0);
    const context = { db, env: env(), services: connect(db, env()), now };
    const given = { ...body, versionId: params.id, bytes };
    const made = subtitleViewOf(db, await uploadSubtitle(context, given), say);
    // Somebody else may have deleted it meanwhile.
    if (!made) throw new AppError("not-found", { status: 404 });
    return made;
  },
);
