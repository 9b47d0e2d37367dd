import { join } from "node:path";
import type { NextApiRequest, NextApiResponse } from "next";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isRandomId, randomId } from "@/lib/ids";
import { logFor } from "@/lib/log";
import { audioNames } from "@/lib/versions/audio-names";
import { type StreamSource, streamFactsOf, streamSourceOf } from "@/lib/versions/data";
import { Mp4Fault } from "@/lib/versions/hls/boxes";
import { streamHls } from "@/lib/versions/hls/stream-hls";
import { type StreamOutcome, streamFile } from "@/lib/versions/stream";
import { pickLocale, wordsOf } from "@/lib/web/catalogue";
import { fileCaller } from "@/lib/web/file-caller";
import { problemResponse } from "@/lib/web/problem";

/**
 * The bytes of versions, at /media/{name}.mp4 by a rewrite in next.config.mjs, and their HLS at
 * /media/{name}/master.m3u8 and the playlists and tracks beside it. It is a route of the Pages Router because only these get the raw response of Node: writing out of two pooled
 * buffers costs a third of what a web stream does (docs/decisions/streaming.md).
 */
export const config = { api: { bodyParser: false, responseLimit: false, externalResolver: true } };

const log = logFor("media");

export default async function handler(
  request: NextApiRequest,
  response: NextApiResponse,
): Promise<void> {
  try {
    await serve(request, response);
  } catch (error) {
    if (response.headersSent) {
      // Half a film was sent: only a broken connection tells the player that the rest is missing.
      log.error({ err: error }, "a stream broke off");
      response.destroy();
      return;
    }
    await refuse(request, response, error);
  }
}

async function serve(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  const now = new Date();
  const db = database();
  const name = one(request.query.name);
  const ticket = one(request.query.ticket);
  const caller = await fileCaller(
    db,
    {
      authorization: request.headers.authorization,
      cookie: request.headers.cookie,
      ticket: ticket === "" ? undefined : { value: ticket, subject: name },
    },
    { env: env(), now },
  );
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    throw new AppError("method-not-possible", { status: 405 });
  }
  const source = isRandomId(name) ? streamSourceOf(db, name) : null;
  if (!source) throw new AppError("media-not-found", { status: 404 });

  const part = one(request.query.part);
  const outcome =
    part === ""
      ? await sendFile(request, response, source)
      : await sendPart(request, response, source, {
          part,
          ticket,
          locale: pickLocale(request.headers["accept-language"], caller.preferences.locale),
        });
  if (outcome === "unknown") throw new AppError("media-not-found", { status: 404 });
  if (outcome === "missing") {
    log.warn({ versionId: source.versionId }, "the file of a version is missing");
    throw new AppError("media-file-missing", { status: 404 });
  }
}

function sendFile(
  request: NextApiRequest,
  response: NextApiResponse,
  source: StreamSource,
): Promise<StreamOutcome> {
  const year = source.releaseYear === null ? "" : ` (${source.releaseYear})`;
  const isDownload = one(request.query.download) === "1";
  return streamFile(request, response, {
    versionId: source.versionId,
    path: join(env().mediaDir, source.relativePath),
    contentType: "video/mp4",
    downloadName: isDownload ? `${source.movieTitle}${year}.mp4` : undefined,
  });
}

/** A playlist or a track of HLS. Players send no ticket by themselves: addresses carry it on. */
async function sendPart(
  request: NextApiRequest,
  response: NextApiResponse,
  source: StreamSource,
  { part, ticket, locale }: { part: string; ticket: string; locale: string },
): Promise<StreamOutcome | "unknown"> {
  const { width, height, audioTracks } = streamFactsOf(database(), source.versionId);
  const unknown = wordsOf(locale, "player")("unknownLanguage");
  const clearVoice = (language: string) => wordsOf(locale, "movie")("clearVoiceOf", { language });
  const names = audioNames(audioTracks, { locale, unknown, clearVoice });
  try {
    return await streamHls(request, response, {
      versionId: source.versionId,
      path: join(env().mediaDir, source.relativePath),
      part,
      size: width && height ? { width, height } : null,
      renditions: audioTracks.map((track, place) => ({ ...track, name: names[place] ?? unknown })),
      query: ticket === "" ? "" : `?ticket=${encodeURIComponent(ticket)}`,
    });
  } catch (error) {
    if (!(error instanceof Mp4Fault)) throw error;
    log.warn({ versionId: source.versionId, fault: error.message }, "a version is not for HLS");
    throw new AppError("media-not-for-hls", { status: 404, cause: error });
  }
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

async function refuse(
  request: NextApiRequest,
  response: NextApiResponse,
  error: unknown,
): Promise<void> {
  const answer = problemResponse(error, {
    locale: pickLocale(request.headers["accept-language"]),
    requestId: randomId(),
    // Not the address: it may hold a ticket.
    where: `${request.method} /media`,
    now: new Date(),
  });
  for (const name of response.getHeaderNames()) {
    if (name !== "allow") response.removeHeader(name);
  }
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.end(request.method === "HEAD" ? undefined : await answer.text());
}
