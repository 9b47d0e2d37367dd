import type { z } from "zod";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { fieldError, UpstreamError } from "@/lib/errors";
import { connectWith } from "./connect";
import { settingSourcesOf, settingsOf } from "./data";
import { saveSettings } from "./mutations";
import type {
  openSubtitlesAccount,
  qbittorrentAccess,
  SettingKey,
  Settings,
  tmdbKeyForm,
} from "./schema";

interface CommandContext {
  db: Db;
  env: Env;
  now: Date;
}

/** Only what the form had: fields of the environment are not sent, and nothing is saved over them. */
function given<Patch extends Partial<Record<SettingKey, unknown>>>(patch: Patch): Patch {
  const sent = Object.entries(patch).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent) as Patch;
}

function save({ db, env, now }: CommandContext, patch: Partial<Record<SettingKey, unknown>>) {
  if (Object.keys(patch).length > 0) saveSettings(db, { patch, env, now });
}

/** What the environment does not set. */
function withoutOwned<Patch extends Partial<Record<SettingKey, unknown>>>(
  { db, env }: CommandContext,
  patch: Patch,
): Partial<Patch> {
  const sources = settingSourcesOf(db, env);
  const free = Object.entries(patch).filter(
    ([key]) => sources[key as SettingKey] !== "environment",
  );
  return Object.fromEntries(free) as Partial<Patch>;
}

/**
 * Saves a TMDB key that TMDB took.
 *
 * @throws AppError 422 when TMDB refuses it; UpstreamError when it can't be asked.
 */
export async function changeTmdbKey(
  context: CommandContext,
  { tmdbApiKey, unchecked }: z.output<typeof tmdbKeyForm>,
): Promise<void> {
  if (!unchecked) {
    const tmdb = connectWith(context.db, context.env, { tmdbApiKey }).tmdb();
    const verdict = await tmdb?.verifyKey();
    if (verdict instanceof UpstreamError) {
      if (verdict.fault === "credentials") throw fieldError("tmdbApiKey", "tmdb-key-refused");
      throw verdict;
    }
  }
  save(context, { tmdbApiKey });
}

/**
 * Shows TMDB a key, without saving it: the one that was typed, else the one that is there.
 *
 * @throws AppError 422 when TMDB refuses it, or there is none; UpstreamError when it can't be asked.
 */
export async function tryTmdbKey(
  { db, env }: CommandContext,
  { tmdbApiKey }: { tmdbApiKey: string | undefined },
): Promise<{ elapsedMs: number }> {
  const tmdb = connectWith(db, env, tmdbApiKey ? { tmdbApiKey } : {}).tmdb();
  if (!tmdb) throw fieldError("tmdbApiKey", "field-required");
  const startedAt = performance.now();
  const verdict = await tmdb.verifyKey();
  if (verdict === true) return { elapsedMs: Math.round(performance.now() - startedAt) };
  if (verdict.fault === "credentials") throw fieldError("tmdbApiKey", "tmdb-key-refused");
  throw verdict;
}

/** Downloads that are left today; null where OpenSubtitles does not tell, or there is no account. */
export interface Quota {
  remaining: number | null;
  allowed: number;
  /** When they are renewed, as far as it was told. */
  resetAt: string | null;
}

/** By a sign-in, or with a key alone by a search: neither is charged. */
async function tryOpenSubtitles(
  { db, env }: CommandContext,
  draft: Pick<Settings, "openSubtitlesApiKey" | "openSubtitlesUsername" | "openSubtitlesPassword">,
): Promise<Quota | null> {
  const client = connectWith(db, env, draft).openSubtitles();
  if (!client) throw fieldError("openSubtitlesApiKey", "field-required");
  try {
    // The key first, so that it is known what was refused. Any film would do.
    await client.search({ imdbId: "tt0015864", languages: ["en"] });
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.fault !== "credentials") throw error;
    throw fieldError("openSubtitlesApiKey", "opensubtitles-key-refused");
  }
  if (!draft.openSubtitlesUsername) return null;
  try {
    const { remainingDownloads: remaining, allowedDownloads: allowed } = await client.userInfo();
    return { remaining, allowed, resetAt: client.quota()?.resetAt.toISOString() ?? null };
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.fault !== "credentials") throw error;
    throw fieldError("openSubtitlesPassword", "opensubtitles-account-refused");
  }
}

type OpenSubtitlesForm = z.output<typeof openSubtitlesAccount>;

/** The account as it would be once this form is saved. @throws AppError 422 for what it lacks. */
function openSubtitlesDraft(context: CommandContext, form: OpenSubtitlesForm) {
  const known = settingsOf(context.db, context.env);
  const username =
    form.openSubtitlesUsername === undefined
      ? known.openSubtitlesUsername
      : form.openSubtitlesUsername;
  const password = form.openSubtitlesPassword ?? known.openSubtitlesPassword;
  const draft = {
    openSubtitlesApiKey: form.openSubtitlesApiKey ?? known.openSubtitlesApiKey,
    openSubtitlesUsername: username,
    openSubtitlesPassword: username ? password : null,
  };
  if (!draft.openSubtitlesApiKey) throw fieldError("openSubtitlesApiKey", "field-required");
  if (username && !password) throw fieldError("openSubtitlesPassword", "field-required");
  return draft;
}

/**
 * Signs in at OpenSubtitles as the form says, without saving it, and tells what is left today.
 *
 * @returns null for a key without an account.
 * @throws AppError 422 by field; UpstreamError when OpenSubtitles can't be asked.
 */
export function tryOpenSubtitlesAccount(
  context: CommandContext,
  form: OpenSubtitlesForm,
): Promise<Quota | null> {
  return tryOpenSubtitles(context, openSubtitlesDraft(context, form));
}

/**
 * Saves an OpenSubtitles account that was tried, and tells what is left of its quota. Without a
 * user name there is no password either.
 *
 * @throws AppError 422 by field; UpstreamError when OpenSubtitles can't be asked.
 */
export async function changeOpenSubtitles(
  context: CommandContext,
  form: OpenSubtitlesForm,
): Promise<Quota | null> {
  const draft = openSubtitlesDraft(context, form);
  const username = draft.openSubtitlesUsername;
  const quota = form.unchecked ? null : await tryOpenSubtitles(context, draft);
  save(context, {
    ...given({
      openSubtitlesApiKey: form.openSubtitlesApiKey ?? undefined,
      openSubtitlesUsername: form.openSubtitlesUsername,
      openSubtitlesPassword: form.openSubtitlesPassword ?? undefined,
    }),
    ...(username ? {} : withoutOwned(context, { openSubtitlesPassword: null })),
  });
  return quota;
}

type QbittorrentForm = z.output<typeof qbittorrentAccess>;

/** @throws AppError 422 when the saved password would go to an address that it was not given for. */
function draftOf({ db, env }: CommandContext, form: QbittorrentForm) {
  const known = settingsOf(db, env);
  const changed = given({
    qbittorrentUrl: form.qbittorrentUrl,
    qbittorrentUsername: form.qbittorrentUsername,
    qbittorrentPassword: form.qbittorrentPassword ?? undefined,
    qbittorrentPathMap: form.qbittorrentPathMap,
  });
  const isElsewhere =
    changed.qbittorrentUrl !== undefined && changed.qbittorrentUrl !== known.qbittorrentUrl;
  if (
    isElsewhere &&
    changed.qbittorrentUrl &&
    known.qbittorrentPassword &&
    !changed.qbittorrentPassword
  ) {
    throw fieldError("qbittorrentPassword", "password-for-new-address");
  }
  return changed;
}

/** What a qBittorrent says of itself; null for what it does not tell. */
export interface QbittorrentAnswer {
  version: string;
  /** Where it saves, as it calls that. */
  savePath: string | null;
  freeBytes: number | null;
}

/** A word more than the version, for people: that it is missing is no fault. */
const orNull = <Told>(asked: Promise<Told>): Promise<Told | null> =>
  asked.catch((error) => {
    if (error instanceof UpstreamError) return null;
    throw error;
  });

/**
 * Asks a qBittorrent who it is. One sign-in, no second try: qBittorrent bans after a few failures.
 *
 * @throws AppError 422 by field.
 */
export async function tryQbittorrent(
  context: CommandContext,
  form: QbittorrentForm,
): Promise<QbittorrentAnswer> {
  const draft = draftOf(context, form);
  try {
    const client = connectWith(context.db, context.env, draft).qbittorrent();
    const { appVersion, isSupported } = await client.check();
    if (!isSupported) {
      throw fieldError("qbittorrentUrl", "qbittorrent-too-old", { version: appVersion });
    }
    const [preferences, freeBytes] = await Promise.all([
      orNull(client.preferences()),
      orNull(client.freeSpaceBytes()),
    ]);
    const savePath = preferences?.save_path;
    return {
      version: appVersion,
      savePath: typeof savePath === "string" ? savePath : null,
      freeBytes,
    };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const field = error.fault === "credentials" ? "qbittorrentPassword" : "qbittorrentUrl";
    const code = {
      credentials: "qbittorrent-account-refused",
      unreachable: "qbittorrent-not-at-address",
      timeout: "qbittorrent-not-at-address",
    }[error.fault as string];
    throw fieldError(field, code ?? error.reason.code, error.reason.values);
  }
}

/**
 * Saves how qBittorrent is reached, after it answered there or a person insists.
 *
 * @returns whether another one is used from the next start on: Vigilio's own is started, or left
 *   out, when Vigilio starts.
 * @throws AppError 422 by field.
 */
export async function changeQbittorrent(
  context: CommandContext,
  form: QbittorrentForm,
): Promise<{ needsRestart: boolean }> {
  const known = settingsOf(context.db, context.env);
  const draft = draftOf(context, form);
  if (draft.qbittorrentUrl && !form.unchecked) await tryQbittorrent(context, form);
  // Vigilio's own has a name and a password that nobody else needs.
  const isOwn = draft.qbittorrentUrl === null;
  const none = { qbittorrentUsername: null, qbittorrentPassword: null, qbittorrentPathMap: null };
  save(context, isOwn ? { ...draft, ...withoutOwned(context, none) } : draft);
  const after = settingsOf(context.db, context.env);
  const needsRestart = (known.qbittorrentUrl === null) !== (after.qbittorrentUrl === null);
  return { needsRestart };
}
