import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, UpstreamError } from "@/lib/errors";
import { isRandomId, randomId } from "@/lib/ids";
import { smallPicture } from "@/lib/movies/pictures";
import { FetchFault, guardedFetch } from "@/lib/services/links/guarded-fetch";
import { createPace } from "@/lib/services/pace";
import type { Services } from "@/lib/settings/connect";
import { type FoundImage, foundImage } from "./found-images";

export interface ImageContext {
  db: Db;
  env: Env;
  services: Services;
  now: Date;
}

export const pictureWidth = 200;
const mostBytes = 2 * 1024 ** 2;
const timeoutMs = 8_000;
const keptMs = 24 * 60 * 60_000;
/** What had no picture is asked again sooner. */
const noneKeptMs = 60 * 60_000;
const mostFiles = 1_000;

/** Whoever looks at a hundred results must not ask a hundred times at once. */
const pace = createPace({ atOnce: 4, perSecond: 20 });

/** Pictures that are being fetched now, by id. */
const fetching = new Map<string, Promise<Buffer>>();

const nothing = Buffer.alloc(0);

/** True for what says that there is no picture now; anything else is a fault of ours. */
function isNoPicture(error: unknown): boolean {
  return error instanceof FetchFault || error instanceof UpstreamError || error instanceof AppError;
}

/** As the source gave it: by https and from the public internet alone. */
async function fromSource(url: string): Promise<Buffer> {
  const found = await guardedFetch(url, { timeoutMs, maxBytes: mostBytes, accept: "image/*" });
  if (found.kind !== "answer" || found.status !== 200) return nothing;
  // Whatever it calls itself: it is a picture when it can be decoded, and only that goes out.
  return smallPicture(found.body, pictureWidth);
}

async function fromTmdb({ services }: ImageContext, imdbId: string): Promise<Buffer> {
  const tmdb = services.tmdb();
  if (!tmdb) return nothing;
  const language = services.language();
  const film = await tmdb.findByImdbId(imdbId, language);
  if (film.kind !== "movie") return nothing;
  const { posterPath } = await tmdb.movieDetails(film.tmdbId, language);
  if (!posterPath) return nothing;
  return smallPicture((await tmdb.image(posterPath, "w185")).bytes, pictureWidth);
}

/** The source's picture, which costs one request; TMDB's three where there is none. */
async function fetchPicture(context: ImageContext, { url, imdbId }: FoundImage): Promise<Buffer> {
  const ways = [
    ...(url ? [() => fromSource(url)] : []),
    ...(imdbId ? [() => fromTmdb(context, imdbId)] : []),
  ];
  for (const way of ways) {
    try {
      const bytes = await way();
      if (bytes.length > 0) return bytes;
    } catch (error) {
      if (!isNoPicture(error)) throw error;
    }
  }
  return nothing;
}

/** The stored picture, empty for one that is known to be missing; null when it has to be fetched. */
async function stored(path: string, now: Date): Promise<Buffer | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  const ageMs = now.getTime() - found.mtimeMs;
  if (ageMs > (found.size === 0 ? noneKeptMs : keptMs)) return null;
  return readFile(path).catch(() => null);
}

/** Keeps the folder small: when it is full, the older half goes. */
async function makeRoom(dir: string): Promise<void> {
  const names = await readdir(dir);
  if (names.length <= mostFiles) return;
  const files = await Promise.all(
    names.map(async (name) => ({
      path: join(dir, name),
      at: (await stat(join(dir, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  const older = files.toSorted((a, b) => a.at - b.at).slice(0, Math.ceil(files.length / 2));
  await Promise.all(older.map(({ path }) => rm(path, { force: true })));
}

async function fetchAndStore(
  context: ImageContext,
  fetchIt: () => Promise<Buffer>,
  path: string,
): Promise<Buffer> {
  const dir = join(context.env.imagesDir, "found");
  const bytes = await pace(fetchIt);
  await mkdir(dir, { recursive: true });
  await makeRoom(dir);
  const beside = join(dir, `${randomId()}.part`);
  await writeFile(beside, bytes);
  await rename(beside, path);
  return bytes;
}

/**
 * A picture that is kept for a day: fetched when somebody looks at it, once for all who do.
 *
 * @param id 16 hexadecimal digits that are this picture's alone.
 * @param fetchIt gives nothing (no bytes) where there is no picture, which is remembered, too.
 * @throws AppError 404 when there is none.
 */
export async function keptPicture(
  context: ImageContext,
  id: string,
  fetchIt: () => Promise<Buffer>,
): Promise<Buffer> {
  const path = join(context.env.imagesDir, "found", `${id}.webp`);
  const known = await stored(path, context.now);
  let bytes = known;
  if (!bytes) {
    const asked =
      fetching.get(id) ??
      fetchAndStore(context, fetchIt, path).finally(() => {
        fetching.delete(id);
      });
    fetching.set(id, asked);
    bytes = await asked;
  }
  if (bytes.length === 0) throw new AppError("not-found", { status: 404 });
  return bytes;
}

/**
 * The picture of a film that a search found, 200 pixels wide.
 *
 * @throws AppError 404 when there is none.
 */
export async function foundPicture(context: ImageContext, id: string): Promise<Buffer> {
  const image = isRandomId(id) ? foundImage(context.db, id) : undefined;
  if (!image) throw new AppError("not-found", { status: 404 });
  return keptPicture(context, id, () => fetchPicture(context, image));
}
