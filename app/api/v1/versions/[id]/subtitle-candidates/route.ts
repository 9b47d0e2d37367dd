import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { connect } from "@/lib/settings/connect";
import { offeredSubtitles, takeCandidate } from "@/lib/subtitles/commands";
import { subtitleViewOf } from "@/lib/subtitles/data";
import {
  candidateChoice,
  candidatesQuery,
  candidateView,
  subtitleView,
} from "@/lib/subtitles/schema";
import { versionOf } from "@/lib/versions/data";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/versions/{id}/subtitle-candidates";
const params = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

export const GET = apiRoute(
  {
    method: "GET",
    path,
    summary: "What OpenSubtitles offers for a version, best first",
    role: "admin",
    params,
    query: candidatesQuery,
    answers: { 200: z.object({ items: z.array(candidateView) }), 404: null, 409: null },
  },
  async ({ db, params, query, now, say }) => {
    if (!versionOf(db, params.id, say)) throw new AppError("version-unknown", { status: 404 });
    const context = { db, env: env(), services: connect(db, env()), now };
    const wanted = { versionId: params.id, language: query.language };
    return { items: await offeredSubtitles(context, wanted) };
  },
);

export const POST = apiRoute(
  {
    method: "POST",
    path,
    summary: "Takes one of the offered subtitles; a new one is charged to the day's quota",
    role: "admin",
    params,
    body: candidateChoice,
    answers: { 201: subtitleView, 404: null, 409: null },
  },
  async ({ db, params, body, now, say }) => {
    if (!versionOf(db, params.id, say)) throw new AppError("version-unknown", { status: 404 });
    const context = { db, env: env(), services: connect(db, env()), now };
    const id = await takeCandidate(context, { versionId: params.id, ...body });
    const taken = subtitleViewOf(db, id, say);
    if (!taken) throw new AppError("not-found", { status: 404 });
    return taken;
  },
);
