import { z } from "zod";
import { schemaDefinition } from "@/lib/sources/definition";
import type { FoundKey } from "./keys";

/** The format of index.json: docs/gallery-format.md tells it in words. */
export const galleryFormat = "vigilio-gallery";
export const galleryVersion = 1;

/** More than anybody looks through; the rest of a longer one is not read. */
export const mostEntries = 500;

const longestNote = 1000;
const name = z.string().trim().min(1).max(100);
const note = z.string().trim().max(longestNote).nullable();
const votes = z.number().int().min(0);

/** Votes of visitors, as the publishing Vigilio counts them. */
export const galleryScore = z.object({ up: votes, down: votes });
export type GalleryScore = z.output<typeof galleryScore>;

/** One source of a gallery. Members that are not named here are let be. */
export const galleryEntry = z.object({
  /** Stable as long as it is published; the address of its votes is made of it. */
  id: z.string().regex(/^[\w-]{1,64}$/),
  name,
  description: note.default(null),
  author: note.default(null),
  /** What whoever uses it should know about the law, in the author's words. */
  legalNote: note.default(null),
  schema: schemaDefinition,
  score: galleryScore.default({ up: 0, down: 0 }),
});
export type GalleryEntry = z.output<typeof galleryEntry>;

const head = {
  format: z.literal(galleryFormat),
  version: z.literal(galleryVersion),
  name,
  /** When the newest of its sources was published; null while there are none. */
  updatedAt: z.iso.datetime().nullable().default(null),
};

/** index.json as it is written: every entry is whole. */
export const galleryIndex = z.object({ ...head, sources: z.array(galleryEntry).max(mostEntries) });
export type GalleryIndex = z.output<typeof galleryIndex>;

/** index.json as it is read: an entry that can't be read costs the others nothing. */
export const galleryEnvelope = z.object({ ...head, sources: z.array(z.unknown()) });

/** What tells a gallery of a later version, which has a head of its own. */
export const galleryHead = z.object({ format: z.literal(galleryFormat), version: z.number() });

const id = z.string().regex(/^[0-9a-f]{16}$/);

export const publishedParams = z.object({ id });

/** A visitor's vote: JSON, or a form of a page without scripts. */
export const voteInput = z.object({ up: z.boolean() });
export const voteForm = z.object({
  up: z.enum(["true", "false"]).transform((text) => text === "true"),
});
export const voteAnswer = z.object({ score: galleryScore });

export const followInput = z.object({ address: z.string().trim().min(1).max(2000) });
export const galleryParams = z.object({ galleryId: id });
export const entryParams = galleryParams.extend({ entryId: galleryEntry.shape.id });
export const entryVote = entryParams.extend({ up: z.boolean() });

/** What is done with a value that looks like a key. */
const keyChoice = z.enum(["remove", "publish"]);
export type KeyChoice = z.output<typeof keyChoice>;

const typedNote = z
  .string()
  .trim()
  .max(longestNote)
  .transform((text) => text || null);

/** The form that publishes a source, or publishes it anew. */
export const publishInput = z.object({
  sourceId: id,
  /** Digest of the definition that the form was made of: what was looked at is what is published. */
  digest: z.string().max(100),
  description: typedNote,
  author: typedNote,
  legalNote: typedNote,
  /** By the place of each value that looks like a key. */
  keys: z.record(z.string().max(300), keyChoice),
});
export type PublishInput = z.output<typeof publishInput>;

export const unpublishInput = z.object({ sourceId: id });
export const publishedSwitch = z.object({ galleryPublished: z.boolean() });
export const galleryNameForm = z.object({
  galleryName: name.or(z.literal("").transform(() => null)),
});

/** Where a copy of an entry stands. */
export type CopyState = "none" | "same" | "changed";

/** An entry of a followed gallery as its page shows it. */
export interface EntryView extends GalleryEntry {
  /** Whom a search asks, for a person to judge. */
  host: string;
  copy: CopyState;
  /** The source here that was copied from it. */
  sourceId: string | null;
}

/** A followed gallery in the list. */
export interface GalleryView {
  id: string;
  name: string;
  url: string;
  count: number;
  unreadable: number;
  fetchedAt: string | null;
  /** In words; null while the last try went well. */
  detail: string | null;
  /** How many of its entries were copied here. */
  copied: number;
}

/** A source of this Vigilio that can be published, and how it stands in the gallery. */
export interface OwnEntryView {
  sourceId: string;
  name: string;
  /** Whom a search asks: names may be alike. */
  host: string;
  state: "unpublished" | "published" | "changed";
  score: GalleryScore;
  /** Values that look like keys, which publishing asks about. */
  keyCount: number;
}

/** A source with what its publishing form shows. */
export interface PublishView {
  sourceId: string;
  name: string;
  /** Whom a search asks. */
  host: string;
  description: string | null;
  author: string | null;
  legalNote: string | null;
  isPublished: boolean;
  digest: string;
  keys: FoundKey[];
}

/** As the public page shows them. */
export type PublicEntry = GalleryEntry;
