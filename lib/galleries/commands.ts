import type { Db } from "@/lib/db";
import { AppError, fieldError, type Reason, UpstreamError } from "@/lib/errors";
import { fetchGallery, sendVote } from "@/lib/services/links/fetch-gallery";
import { privateHostOf } from "@/lib/services/links/guarded-fetch";
import { withScheme } from "@/lib/sources/address-name";
import { galleryById } from "./data";
import { addGallery, entryOf, saveScore } from "./mutations";
import { indexAddresses, readIndex, voteAddress } from "./read-index";
import { refreshGallery } from "./refresh";
import { type GalleryScore, voteAnswer } from "./schema";

export interface GalleryContext {
  db: Db;
  now(): Date;
}

/** Faults that would come again at every other path of the same server. */
const isFinal = (error: unknown) =>
  !(error instanceof UpstreamError) || ["unreachable", "timeout"].includes(error.fault);

/**
 * Follows the gallery at an address: the index itself, its page, or the Vigilio that publishes it.
 * Only an address in the own network that was typed as such may lead there.
 *
 * @returns its id and name. @throws AppError 422 for `address`.
 */
export async function followGallery(
  { db, now }: GalleryContext,
  { address }: { address: string },
): Promise<{ id: string; name: string }> {
  const typed = withScheme(address);
  if (!/^https?:\/\//i.test(typed)) throw fieldError("address", "gallery-address");
  const candidates = indexAddresses(typed);
  if (candidates.length === 0) throw fieldError("address", "gallery-address");
  const privateHost = await privateHostOf(typed);
  let why = "gallery-none";
  for (const candidate of candidates) {
    try {
      const answer = await fetchGallery(candidate, { privateHost });
      const gallery = answer === "unchanged" ? null : readIndex(answer.body);
      if (answer === "unchanged" || !gallery) continue;
      const { url, etag } = answer;
      const id = addGallery(db, { url, privateHost, etag, gallery, now: now() });
      return { id, name: gallery.name };
    } catch (error) {
      // What the index itself says, or the household's own limit, needs no other address.
      if (error instanceof AppError && error.fields) throw error;
      if (!(error instanceof UpstreamError) && !(error instanceof AppError)) throw error;
      const { code, values } = error.reason;
      if (isFinal(error)) throw fieldError("address", code, values);
      if (code === "gallery-private" || code === "gallery-too-large") why = code;
    }
  }
  throw fieldError("address", why, { megabytes: 2 });
}

/**
 * Asks a followed gallery for what is new.
 *
 * @returns why it has nothing; null when it answered. @throws AppError 404.
 */
export async function askGallery({ db, now }: GalleryContext, id: string): Promise<Reason | null> {
  const gallery = galleryById(db, id);
  if (!gallery) throw new AppError("gallery-unknown", { status: 404 });
  return refreshGallery({ db, now, ask: fetchGallery }, gallery);
}

/**
 * Votes for an entry where it is published: its Vigilio counts one a day from this server.
 *
 * @returns the new score; null when a vote was counted today already. @throws AppError 404; UpstreamError("gallery")
 */
export async function voteForEntry(
  { db }: GalleryContext,
  args: { galleryId: string; entryId: string; up: boolean },
): Promise<GalleryScore | null> {
  const { gallery, entry } = entryOf(db, args);
  const { privateHost, url } = gallery;
  const answer = await sendVote(voteAddress(url, entry.id), { privateHost, up: args.up });
  if (answer === "again") return null;
  const { data } = voteAnswer.safeParse(answer.body);
  if (!data) throw new AppError("gallery-no-votes", { status: 502 });
  saveScore(db, { ...args, score: data.score });
  return data.score;
}
