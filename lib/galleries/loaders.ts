import "server-only";
import { headers } from "next/headers";
import { requireAdmin } from "@/lib/auth/current-user";
import { addressKey } from "@/lib/auth/throttle";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import type { Reason } from "@/lib/errors";
import { settingOf } from "@/lib/settings/data";
import { sourceById } from "@/lib/sources/data";
import { publicOrigin } from "@/lib/web/origin";
import { peerAddress } from "@/lib/web/peer";
import { pageLocale, reasonText, words } from "@/lib/web/words";
import { askedHost } from "./asked-host";
import {
  entryViews,
  galleryById,
  galleryViews,
  isPublished,
  ownEntries,
  publicIndex,
  publishedOf,
} from "./data";
import { digestOf } from "./digest";
import { keysIn } from "./keys";
import type { EntryView, GalleryView, OwnEntryView, PublicEntry, PublishView } from "./schema";
import { visitPause } from "./visits";

/** Galleries that are followed; or the one of an id. */
export async function loadGalleries(id?: string): Promise<GalleryView[]> {
  await requireAdmin();
  const locale = await pageLocale();
  const say = (reason: Reason) => reasonText(reason, locale);
  return galleryViews(database(), id === undefined ? { say } : { say, id });
}

/** One of them with its entries; null when there is none of that id. */
export async function loadGallery(
  id: string,
): Promise<{ gallery: GalleryView; entries: EntryView[] } | null> {
  const [gallery] = await loadGalleries(id);
  const stored = galleryById(database(), id);
  return gallery && stored ? { gallery, entries: entryViews(database(), stored) } : null;
}

/** Where others find the gallery of this server. */
async function galleryAddress(): Promise<string> {
  const { VIGILIO_URL: publicUrl, VIGILIO_TRUST_PROXY: trustProxy = false } = env().values;
  return `${publicOrigin(await headers(), { publicUrl, trustProxy })}/gallery`;
}

export interface OwnGallery {
  isPublished: boolean;
  name: string | null;
  address: string;
  entries: OwnEntryView[];
}

/** What this Vigilio publishes, and what it could. */
export async function loadOwnGallery(): Promise<OwnGallery> {
  await requireAdmin();
  const db = database();
  return {
    isPublished: isPublished(db, env()),
    name: settingOf(db, env(), "galleryName"),
    address: await galleryAddress(),
    entries: ownEntries(db),
  };
}

/** What would be published of a source; null for an indexer, and for what is not there. */
export async function loadPublishView(sourceId: string): Promise<PublishView | null> {
  await requireAdmin();
  const db = database();
  const source = sourceById(db, sourceId);
  if (source?.kind !== "schema") return null;
  const { name, description, author, legalNote, definition } = source;
  return {
    ...{ sourceId, name, description, author, legalNote },
    host: askedHost(definition),
    isPublished: publishedOf(db, sourceId) !== undefined,
    digest: digestOf(definition),
    keys: keysIn(definition),
  };
}

export interface PublicGallery {
  name: string;
  address: string;
  entries: PublicEntry[];
  /** Seconds that this visitor has to wait first; then there are no entries. */
  pauseSeconds: number;
}

/** The gallery as anybody sees it, signed in or not; null while it is switched off. */
export async function loadPublicGallery(): Promise<PublicGallery | null> {
  const visitor = addressKey(peerAddress(await headers()) ?? "");
  const db = database();
  if (!isPublished(db, env())) return null;
  const t = await words("gallery");
  const shown = {
    name: settingOf(db, env(), "galleryName") ?? t("unnamed"),
    address: await galleryAddress(),
  };
  const pauseSeconds = visitPause(visitor, new Date());
  if (pauseSeconds > 0) return { ...shown, entries: [], pauseSeconds };
  return { ...shown, entries: publicIndex(db, shown.name).sources, pauseSeconds };
}
