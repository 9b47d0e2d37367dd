import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, fieldError, UpstreamError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { movieById } from "@/lib/movies/metadata";
import { probe } from "@/lib/services/ffmpeg/probe";
import type { OpenSubtitles } from "@/lib/services/opensubtitles/client";
import { type Candidate, shownFileName } from "@/lib/services/opensubtitles/map";
import type { Services } from "@/lib/settings/connect";
import { shownVersion } from "@/lib/versions/binned";
import type { VersionRow } from "@/lib/versions/mutations";
import { candidateIdOf, readCandidateId } from "./candidate-id";
import { downloadedSubtitle, subtitlesOf } from "./data";
import { saveDownloadedSubtitle, saveSubtitle, undismissSubtitle } from "./mutations";
import { toQuotaView } from "./quota";
import { rankCandidates } from "./rank";
import type { CandidateView, QuotaView } from "./schema";

interface CommandContext {
  db: Db;
  env: Env;
  services: Services;
  now: Date;
}

/** More than a person reads through. */
const mostOffered = 60;

function requireClient(services: Services): OpenSubtitles {
  const client = services.openSubtitles();
  if (!client) throw new AppError("opensubtitles-no-key", { status: 409 });
  return client;
}

function toView(candidate: Candidate, taken: ReadonlySet<string>): CandidateView {
  const { fileId, language, hearingImpaired, foreignPartsOnly: forced } = candidate;
  const machineTranslated = candidate.machineTranslated || candidate.aiTranslated;
  const facts = { language, forced, hearingImpaired, machineTranslated };
  return {
    candidateId: candidateIdOf({ fileId, ...facts }),
    ...facts,
    release: candidate.release,
    fileName: shownFileName(candidate.fileName),
    fromTrusted: candidate.fromTrusted,
    matchesFile: candidate.movieHashMatch,
    downloads: candidate.downloadCount,
    rating: candidate.rating,
    fps: candidate.fps,
    isTaken: taken.has(String(fileId)),
  };
}

/**
 * Pictures per second of a version, by a look into its original or else what was made of it; null
 * where neither is there. Only for bytes that count pictures: everything else needs no look.
 */
async function framesPerSecondFor(
  { env, services }: Pick<CommandContext, "env" | "services">,
  version: VersionRow,
  bytes: Uint8Array,
): Promise<number | null> {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString("latin1").replaceAll("\0", "");
  if (!/\{\s*\d+\s*\}\s*\{\s*\d*\s*\}/.test(start)) return null;
  const published = join(env.mediaDir, version.folder, `${version.fileName}.mp4`);
  for (const path of [version.sourcePath, published]) {
    const isThere = path !== null && (await stat(path).catch(() => null))?.isFile();
    if (!path || !isThere) continue;
    const { video } = await probe(path, { ffprobePath: (await services.ffmpeg()).ffprobePath });
    const rate = video.find((stream) => !stream.isAttachedPicture)?.frameRate;
    if (rate) return rate;
  }
  return null;
}

/**
 * What OpenSubtitles offers for a version, best first, language by language. One question: a hash
 * marks what fits the file and does not narrow the list to it. Searching is free of charge.
 *
 * @throws AppError 404; 409 without a key, a language, or an id to ask by; UpstreamError.
 */
export async function offeredSubtitles(
  { db, services }: CommandContext,
  { versionId, language }: { versionId: string; language?: string | undefined },
): Promise<CandidateView[]> {
  const version = shownVersion(db, versionId);
  const movie = version && movieById(db, version.movieId);
  if (!version || !movie) throw new AppError("version-unknown", { status: 404 });
  const client = requireClient(services);
  const languages = language ? [language] : services.subtitleLanguages();
  if (languages.length === 0) throw new AppError("subtitle-language-missing", { status: 409 });
  if (!movie.imdbId && !movie.tmdbId) throw new AppError("subtitles-film-unknown", { status: 409 });
  const { movieHash, releaseName } = version;
  const found = await client.search({
    movieHash,
    ...(movie.imdbId ? { imdbId: movie.imdbId } : { tmdbId: movie.tmdbId }),
    languages,
    withMachineTranslated: true,
  });
  const film = { imdbId: movie.imdbId, tmdbId: movie.tmdbId, releaseName, fps: null };
  const ranked = languages.flatMap((one) =>
    rankCandidates(found, film, one, { withMachineMade: true, withForeignParts: true }),
  );
  const taken = new Set(
    subtitlesOf(db, versionId)
      .filter((row) => row.source === "opensubtitles" && row.reason === null)
      .map((row) => row.sourceKey),
  );
  return [...new Set(ranked)].slice(0, mostOffered).map((one) => toView(one, taken));
}

/**
 * What may still be downloaded today: as it was told last, else asked for, which costs nothing. Null
 * where it cannot be told; that is no reason to keep back what was found.
 */
export async function quotaNow({
  services,
}: Pick<CommandContext, "services">): Promise<QuotaView | null> {
  const client = services.openSubtitles();
  if (!client) return null;
  if (!client.quota()) {
    try {
      await client.userInfo();
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return null;
    }
  }
  return toQuotaView(client.quota());
}

async function bytesOf({ db, services, now }: CommandContext, fileId: number): Promise<Uint8Array> {
  const kept = downloadedSubtitle(db, fileId);
  if (kept) return kept;
  const { bytes } = await requireClient(services).download(fileId);
  // Charged for: kept before anything else can go wrong.
  saveDownloadedSubtitle(db, { fileId, content: bytes, now });
  return bytes;
}

/**
 * Takes a subtitle that was offered; what was downloaded before costs nothing.
 *
 * @returns its id.
 * @throws AppError 404 for the version, 409 without a key, 422 when it is no candidate or what came
 *   is no subtitle; UpstreamError.
 */
export async function takeCandidate(
  context: CommandContext,
  { versionId, candidateId }: { versionId: string; candidateId: string },
): Promise<string> {
  const { db, env, now } = context;
  const version = shownVersion(db, versionId);
  if (!version) throw new AppError("version-unknown", { status: 404 });
  const facts = readCandidateId(candidateId);
  if (!facts) throw fieldError("candidateId", "subtitle-candidate-unknown");
  const bytes = await bytesOf(context, facts.fileId);
  const saved = await saveSubtitle(db, {
    mediaDir: env.mediaDir,
    versionId,
    bytes,
    framesPerSecond: await framesPerSecondFor(context, version, bytes),
    language: facts.language === "und" ? null : facts.language,
    source: "opensubtitles",
    sourceKey: String(facts.fileId),
    forced: facts.forced,
    hearingImpaired: facts.hearingImpaired,
    machineTranslated: facts.machineTranslated,
    picked: true,
    now,
  });
  if ("reason" in saved) throw fieldError("candidateId", saved.reason.code, saved.reason.values);
  undismissSubtitle(db, versionId, facts.fileId);
  return saved.id;
}

/**
 * Keeps a subtitle that a person gave, in any text format and encoding. Each upload stands by
 * itself: none replaces another, and looking again leaves them all.
 *
 * @returns its id.
 * @throws AppError 404 for the version; 422 when it is no subtitle or the encoding is unknown.
 */
export async function uploadSubtitle(
  context: CommandContext,
  given: {
    versionId: string;
    bytes: Uint8Array;
    language?: string | undefined;
    label?: string | undefined;
    encoding?: string | undefined;
  },
): Promise<string> {
  const { db, env, now } = context;
  const version = shownVersion(db, given.versionId);
  if (!version) throw new AppError("version-unknown", { status: 404 });
  const saved = await saveSubtitle(db, {
    mediaDir: env.mediaDir,
    versionId: given.versionId,
    bytes: given.bytes,
    framesPerSecond: await framesPerSecondFor(context, version, given.bytes),
    language: given.language ?? null,
    isLanguageCertain: given.language !== undefined,
    label: given.label ?? null,
    encoding: given.encoding ?? null,
    source: "upload",
    sourceKey: randomId(),
    picked: true,
    now,
  });
  if ("reason" in saved) throw fieldError("file", saved.reason.code, saved.reason.values);
  return saved.id;
}
