import { z } from "zod";
import { schemaDefinition } from "./definition";

/** Sources as the API and pages give and take them. */
export const sourceKinds = ["schema", "torznab"] as const;

const sourceId = z.string().regex(/^[0-9a-f]{16}$/);
const name = z.string().trim().min(1).max(100);
const note = z.string().trim().max(1000).nullable();

/** Of an address: /api/v1/sources/{id}. */
export const sourceParams = z.object({ id: sourceId });

/** Categories of Torznab are numbers; 2000 and its children are movies. */
const categories = z.array(z.number().int().min(1000).max(999_999)).min(1).max(50);

/** A key that was pasted inside the address is kept like any other: addresses are shown again. */
function withoutKey<Definition extends { url: string; apiKey?: string | undefined }>(
  definition: Definition,
): Definition {
  const url = new URL(definition.url);
  const inside = [...url.searchParams].filter(([name]) => /^apikey$/i.test(name));
  if (inside.length === 0) return definition;
  for (const [name] of inside) url.searchParams.delete(name);
  return { ...definition, url: url.href, apiKey: definition.apiKey || inside[0]?.[1] };
}

export const torznabDefinition = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, error: "schema-address" }).max(2000),
    /** Taken, and never given out again; left out in a change, the stored one stays. */
    apiKey: z.string().trim().max(200).optional(),
    categories: categories.default([2000]),
  })
  .transform(withoutKey);
export type TorznabDefinition = z.output<typeof torznabDefinition>;

const described = { description: note, author: note, legalNote: note };

export const sourceCreateInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("schema"),
    name,
    definition: schemaDefinition,
    enabled: z.boolean().default(true),
    ...z.object(described).partial().shape,
  }),
  z.strictObject({
    kind: z.literal("torznab"),
    name,
    definition: torznabDefinition,
    enabled: z.boolean().default(true),
    ...z.object(described).partial().shape,
  }),
]);

/** The kind stays; `definition` is parsed by it (lib/sources/mutations.ts). */
export const sourceUpdateInput = z
  .strictObject({
    name,
    definition: z.unknown(),
    enabled: z.boolean(),
    /** 0 is asked and shown first. */
    position: z.number().int().min(0).max(10_000),
    ...described,
  })
  .partial();

const testQuery = z.string().trim().min(1).max(200);

export const sourceTestInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("schema"),
    /** As of a new one; keys may be marked as saved (lib/sources/parsed-schema.ts). */
    definition: z.unknown(),
    query: testQuery.optional(),
    /** Of a gallery that offers it or that it was copied from: it never leads into the own network. */
    galleryId: z.string().max(100).optional(),
    /** A sample of the service's answer, instead of asking it. */
    response: z.unknown().optional(),
    /** Whose stored keys are used where none are sent, as long as the server is the same. */
    sourceId: sourceId.optional(),
  }),
  z.strictObject({
    kind: z.literal("torznab"),
    definition: torznabDefinition,
    query: testQuery,
    /** Whose stored key is used when none is sent, as long as the server is the same. */
    sourceId: sourceId.optional(),
  }),
]);
export type SourceTestInput = z.output<typeof sourceTestInput>;

/** What is asked of a service whose answer nobody has mapped yet: a schema but for its fields. */
export const sampleInput = z.object({
  request: z.looseObject({}).transform((given) => ({
    ...{ version: 2, ...given },
    parsers: [{ key: "title", value: "title" }],
  })),
  query: testQuery,
  sourceId: sourceId.optional(),
});

/** What a person reads of a source's last answers. */
export const sourceHealth = z.object({
  state: z.enum(["unknown", "ok", "failing", "paused"]),
  answeredAt: z.iso.datetime().nullable(),
  failedAt: z.iso.datetime().nullable(),
  pausedUntil: z.iso.datetime().nullable(),
  averageMs: z.number().int().nullable(),
  failuresInRow: z.number().int(),
  detail: z.string().nullable(),
});

export const sourceView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(sourceKinds),
  /** Without keys: an indexer's is left out, a schema's are marked. `isKeySet`: there is one. */
  definition: z.unknown(),
  isKeySet: z.boolean(),
  enabled: z.boolean(),
  position: z.number().int(),
  description: z.string().nullable(),
  author: z.string().nullable(),
  legalNote: z.string().nullable(),
  /** Null when it was written here. */
  galleryId: z.string().nullable(),
  health: sourceHealth,
});
export type SourceView = z.output<typeof sourceView>;

/** What a test of a source found, in words. */
export const sourceTestView = z.object({
  /** A schema's mapped rows as they are; of an indexer what was read of its items, without links. */
  results: z.array(z.unknown()),
  problems: z.array(z.string()),
  elapsedMs: z.number().int(),
});
export type SourceTestView = z.output<typeof sourceTestView>;

/** How soon a release can be watched once it is here. */
export const readiness = ["at-once", "sound", "picture"] as const;

export const releaseView = z.object({
  resultId: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  /** The release's name; null where the source gives none. */
  name: z.string().nullable(),
  /** 2160p, 1080p, 720p, 480p; what the source said where the name tells nothing. */
  quality: z.string().nullable(),
  /** Web, Blu-ray, DVD, cinema: in the source's or the name's words. */
  type: z.string().nullable(),
  /** As a name tells: H.264, HEVC, AV1; null when it is silent. */
  codec: z.string().nullable(),
  audio: z.string().nullable(),
  isHdr: z.boolean(),
  /** BCP 47, where the name tells them. */
  languages: z.array(z.string()),
  sizeBytes: z.number().int().nullable(),
  /** Null is unknown, not none. */
  seeds: z.number().int().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  ready: z.enum(readiness),
  /** Of work after the download; 0 when there is none worth a word, null when it can't be told. */
  minutes: z.number().int().nullable(),
  /** It does not fit the disk as it is now. */
  isTooLarge: z.boolean(),
});
export type ReleaseView = z.output<typeof releaseView>;

export const foundMovieView = z.object({
  /** Stable within an answer: an IMDb id, or title and year. */
  key: z.string(),
  imdbId: z.string().nullable(),
  tmdbId: z.number().int().nullable(),
  title: z.string(),
  year: z.number().int().nullable(),
  /** Of a picture that the server fetches; null without one. */
  posterUrl: z.string().nullable(),
  /** The movie of the library that it is; null while there is none. */
  movieId: z.string().nullable(),
  /** The one to offer first stands first. */
  releases: z.array(releaseView),
});
export type FoundMovieView = z.output<typeof foundMovieView>;

export const searchView = z.object({
  results: z.array(foundMovieView),
  errors: z.array(z.object({ sourceId: z.string(), name: z.string(), detail: z.string() })),
});
export type SearchView = z.output<typeof searchView>;

/** A line of the search as it comes (NDJSON): all that is known by now. */
export const searchProgress = searchView.extend({ waitingFor: z.array(z.string()) });
export type SearchProgress = z.output<typeof searchProgress>;

export const searchQuery = z.object({
  query: z.string().trim().min(1).max(200),
  sourceId: sourceId.optional(),
});
