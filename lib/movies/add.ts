import { realpath, stat } from "node:fs/promises";
import type { Db } from "@/lib/db";
import { chooseFiles } from "@/lib/downloads/choose-files";
import { parseMagnet } from "@/lib/downloads/magnet";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import type { Env } from "@/lib/env";
import { AppError, fieldError, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { downServices, readHealth, type ServiceName } from "@/lib/queue/health";
import { fetchTorrent } from "@/lib/services/links/fetch-torrent";
import { resolveLink } from "@/lib/services/links/resolve-link";
import type { Services } from "@/lib/settings/connect";
import { settingOf } from "@/lib/settings/data";
import { privateHostOfSource } from "@/lib/sources/ask";
import { searchResult, sourceById } from "@/lib/sources/data";
import { chooseMatch } from "./match";
import {
  type Acquisition,
  type AddedMovie,
  addMovie,
  type MovieIdentity,
  refuseKnownTorrent,
} from "./mutations";
import type { AddRequest } from "./schema";
import { titleFromRelease } from "./titles";

const log = logFor("add");

export interface AddContext {
  db: Db;
  env: Env;
  services: Services;
  user: { id: string | null; isAdmin: boolean };
  now: Date;
}

/** What a search found, as long as it is remembered. @throws AppError 422 */
function resultOf(db: Db, resultId: string) {
  const result = searchResult(db, resultId);
  if (!result) throw fieldError("resultId", "result-unknown");
  return result;
}

/**
 * What a search found, fetched: links are followed when they are taken, since many work for an hour
 * alone.
 *
 * @throws AppError 422 for `resultId`; UpstreamError when its link can't be followed.
 */
export async function acquireResult(db: Db, resultId: string): Promise<Acquisition> {
  const { link, sourceId } = resultOf(db, resultId);
  const source = sourceById(db, sourceId);
  const found = await resolveLink(link, {
    privateHost: source && (await privateHostOfSource(source)),
    parse: (bytes) => parseTorrentFile(bytes, "resultId"),
    field: "resultId",
  });
  if (found.kind === "magnet") return fromMagnet(found.magnet);
  return fromTorrentFile(found.bytes, "resultId");
}

/** Where the film comes from: read, fetched and looked into before anything is written. */
async function acquire(context: AddContext, request: AddRequest): Promise<Acquisition> {
  if (request.resultId !== undefined) return acquireResult(context.db, request.resultId);
  if (request.torrent) return fromTorrentFile(request.torrent, "torrent");
  if (request.path !== undefined) return fromPath(context, request.path, request.mode ?? "link");
  const source = request.source ?? "";
  if (source === "") throw fieldError("source", "source-missing");
  if (/^magnet:/i.test(source)) return fromMagnet(source);
  const linked = await fetchTorrent(source, { allowPrivate: context.user.isAdmin });
  return linked.kind === "magnet"
    ? fromMagnet(linked.magnet)
    : fromTorrentFile(linked.bytes, "source");
}

function fromMagnet(text: string): Acquisition {
  const magnet = parseMagnet(text);
  return {
    kind: "torrent",
    magnet: magnet.canonical,
    torrentFile: null,
    infoHashV1: magnet.infoHashV1,
    infoHashV2: magnet.infoHashV2,
    name: magnet.name ?? "",
    sizeBytes: null,
  };
}

function fromTorrentFile(bytes: Buffer, field: "source" | "torrent" | "resultId"): Acquisition {
  const torrent = parseTorrentFile(bytes, field);
  // Its list of files is known now: what holds no movie is refused before anything is written.
  const choice = chooseFiles(torrent.files);
  if (choice.kind === "nothing") {
    throw fieldError(field, choice.reason.code, choice.reason.values);
  }
  return {
    kind: "torrent",
    magnet: null,
    torrentFile: bytes,
    infoHashV1: torrent.infoHashV1,
    infoHashV2: torrent.infoHashV2,
    name: torrent.name,
    sizeBytes: torrent.totalSizeBytes,
  };
}

/** A file on the disk: only inside the import folders of the settings, links resolved. */
async function fromPath(
  context: AddContext,
  path: string,
  mode: "link" | "copy" | "move",
): Promise<Acquisition> {
  if (!context.user.isAdmin) throw new AppError("admins-only", { status: 403 });
  const roots = settingOf(context.db, context.env, "importDirs");
  if (roots.length === 0) throw fieldError("path", "import-no-folders");
  const real = await realpath(path).catch(() => null);
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  // One answer for "not there" and "not allowed": what lies elsewhere is nobody's business.
  if (!real || !realRoots.some((root) => real.startsWith(`${root}/`))) {
    throw fieldError("path", "import-outside");
  }
  const found = await stat(real);
  if (!found.isFile()) throw fieldError("path", "import-not-a-file");
  return { kind: "file", path: real, mode, sizeBytes: found.size };
}

/** By an IMDb id: TMDB says whether it is a movie. Null when it does not answer now. */
async function lookUpImdb(services: Services, imdbId: string): Promise<number | null> {
  const found = await services.tmdb()?.findByImdbId(imdbId, services.language());
  if (!found || found.kind === "none") return null;
  if (found.kind !== "movie") throw fieldError("imdbId", "imdb-id-of-series");
  return found.tmdbId;
}

async function lookUpTitle(services: Services, title: string, year: number | undefined) {
  const language = services.language();
  const rows = await services.tmdb()?.searchMovies(title, year ? { year, language } : { language });
  const match = chooseMatch({ title, year }, rows ?? []);
  return match.kind === "one" ? match.tmdbId : null;
}

/** A result names its film, unless the person said which one it is. */
function withFilmOfResult(db: Db, request: AddRequest): AddRequest {
  if (request.resultId === undefined) return request;
  if (request.imdbId || request.tmdbId) return request;
  const { imdbId, tmdbId, title, year } = resultOf(db, request.resultId);
  const named = {
    title: request.title ?? title,
    year: request.year ?? (request.title ? undefined : (year ?? undefined)),
  };
  if (request.title) return { ...request, ...named };
  return { ...request, ...named, imdbId: imdbId ?? undefined, tmdbId: tmdbId ?? undefined };
}

/** Which film it is, as far as it can be told now; the rest follows in the background. */
async function identify(
  context: AddContext,
  request: AddRequest,
  acquisition: Acquisition,
): Promise<MovieIdentity> {
  const releaseName =
    acquisition.kind === "torrent" ? acquisition.name : (acquisition.path.split("/").pop() ?? "");
  const guess = titleFromRelease(releaseName);
  const { imdbId } = request;
  const title = request.title ?? (guess.title || imdbId || releaseName);
  const year = request.year ?? guess.year;
  const known: MovieIdentity = { imdbId, tmdbId: request.tmdbId, title, year };
  if (request.tmdbId) return known;
  try {
    const tmdbId = imdbId
      ? await lookUpImdb(context.services, imdbId)
      : await lookUpTitle(context.services, title, year);
    return tmdbId ? { ...known, tmdbId } : known;
  } catch (error) {
    // TMDB's trouble is no reason to refuse a movie: the background asks again.
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ why: error.fault }, "TMDB did not say which film it is");
    return known;
  }
}

/** How people call what is needed. */
const spokenNames: Partial<Record<ServiceName, string>> = { qbittorrent: "qBittorrent" };

/** True when it answers now, whatever was found the last time somebody looked. */
async function answersNow({ services }: Pick<AddContext, "services">): Promise<boolean> {
  try {
    await services.qbittorrent().check();
    return true;
  } catch (error) {
    if (error instanceof UpstreamError) return false;
    throw error;
  }
}

/** What must work before a movie is added. @throws AppError 503 with `services` */
export async function refuseWhenDown(
  context: Pick<AddContext, "db" | "services" | "now">,
  acquisition: Pick<Acquisition, "kind">,
): Promise<void> {
  const needed = ["database", "scheduler", "ffmpeg", "ffprobe", "disk"] as const;
  const found = downServices(
    readHealth(context.db, context.now),
    acquisition.kind === "torrent" ? [...needed, "qbittorrent"] : needed,
  );
  // It is looked at every few seconds: one that came up since is no reason to refuse.
  const isBack = found.some(({ name }) => name === "qbittorrent") && (await answersNow(context));
  const down = found.filter(({ name }) => !(isBack && name === "qbittorrent"));
  if (down.length === 0) return;
  throw new AppError("services-down", {
    status: 503,
    values: { names: down.map(({ name }) => spokenNames[name] ?? name).join(", ") },
    services: down,
  });
}

/**
 * Adds what a person asked for: the one way in, for the page and for the API.
 *
 * @throws AppError 422 by field, 409 with `movieId` for a known torrent or a film in the bin, 503 with `services`.
 */
export async function addRequested(context: AddContext, asked: AddRequest): Promise<AddedMovie> {
  const acquisition = await acquire(context, asked);
  if (acquisition.kind === "torrent") refuseKnownTorrent(context.db, acquisition);
  const request = withFilmOfResult(context.db, asked);
  const identity = await identify(context, request, acquisition);
  await refuseWhenDown(context, acquisition);
  return addMovie(context.db, {
    identity,
    acquisition: {
      ...acquisition,
      ...(acquisition.kind === "torrent" && { name: acquisition.name || identity.title }),
    },
    addedBy: context.user.id,
    now: context.now,
  });
}
