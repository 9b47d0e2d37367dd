import { AppError } from "@/lib/errors";
import {
  type GalleryEntry,
  galleryEntry,
  galleryEnvelope,
  galleryHead,
  galleryVersion,
  mostEntries,
} from "./schema";

/** What an index.json said. */
export interface ReadGallery {
  name: string;
  entries: GalleryEntry[];
  /** Entries that can't be read here: of a later form, or broken. */
  unreadable: number;
}

/**
 * Reads an index.json. One entry that can't be read costs the others nothing; a second one of the
 * same id is left out.
 *
 * @returns null for what is no gallery. @throws AppError 422 for a gallery of a later version.
 */
export function readIndex(answer: unknown): ReadGallery | null {
  const head = galleryHead.safeParse(answer);
  if (!head.success) return null;
  if (head.data.version > galleryVersion) throw new AppError("gallery-newer", { status: 422 });
  const whole = galleryEnvelope.safeParse(answer);
  if (!whole.success) return null;
  const entries = new Map<string, GalleryEntry>();
  const given = whole.data.sources.slice(0, mostEntries);
  for (const one of given) {
    const read = galleryEntry.safeParse(one);
    if (read.success && !entries.has(read.data.id)) entries.set(read.data.id, read.data);
  }
  return {
    name: whole.data.name,
    entries: [...entries.values()],
    unreadable: whole.data.sources.length - entries.size,
  };
}

/** Where an index may lie for an address that a person typed, the likeliest first. */
export function indexAddresses(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  url.hash = "";
  const path = url.pathname.replace(/\/+$/, "");
  const at = (pathname: string) => {
    const made = new URL(url);
    made.pathname = pathname;
    made.search = "";
    return made.href;
  };
  const itself = url.href;
  // A file is what it is; a page or a host is asked for its gallery first.
  if (/\.json$/i.test(path)) return [...new Set([itself, at("/gallery/index.json")])];
  const below = path.endsWith("/gallery")
    ? [at(`${path}/index.json`)]
    : [at(`${path}/gallery/index.json`), at("/gallery/index.json")];
  return [...new Set([...below, itself])];
}

/** Where a vote for an entry goes: beside the index. */
export function voteAddress(indexUrl: string, entryId: string): URL {
  const url = new URL(indexUrl);
  url.search = "";
  url.hash = "";
  return new URL(`${encodeURIComponent(entryId)}/vote`, url);
}
