import type { Db } from "@/lib/db";
import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import type { fetchGallery } from "@/lib/services/links/fetch-gallery";
import type { AskedGallery } from "./data";
import { saveGallery, saveGalleryFailure } from "./mutations";
import { readIndex } from "./read-index";

const log = logFor("galleries");

/** Why a gallery can't be followed, in words for people; a fault of ours is logged. */
export function galleryFault(error: unknown): Reason {
  if (error instanceof UpstreamError || error instanceof AppError) return error.reason;
  log.error({ err: error }, "a gallery could not be read");
  return reason("gallery-status");
}

/**
 * Asks a followed gallery for what is new, and keeps on its record how it went.
 *
 * @param ask the way out: lib/services/links/fetch-gallery.ts.
 * @returns why there is nothing new to show; null when it went well.
 */
export async function refreshGallery(
  { db, now, ask }: { db: Db; now: () => Date; ask: typeof fetchGallery },
  { id, url, privateHost, etag }: AskedGallery,
): Promise<Reason | null> {
  try {
    const answer = await ask(url, { privateHost, etag });
    const gallery = answer === "unchanged" ? null : readIndex(answer.body);
    if (answer !== "unchanged" && !gallery) throw new AppError("gallery-none", { status: 422 });
    const found = answer === "unchanged" ? etag : answer.etag;
    saveGallery(db, { id, etag: found, gallery, now: now() });
    return null;
  } catch (error) {
    const why = galleryFault(error);
    saveGalleryFailure(db, { id, reason: why, now: now() });
    return why;
  }
}
