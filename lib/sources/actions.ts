"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import type { Reason } from "@/lib/errors";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { testSource } from "./commands";
import { createSource, deleteSource, updateSource } from "./mutations";
import {
  sampleInput,
  sourceCreateInput,
  sourceParams,
  sourceTestInput,
  sourceUpdateInput,
  torznabDefinition,
} from "./schema";
import { abilitiesOf, sampleOf, schemaTextAt } from "./try-out";

/** Adds a source behind the others; its id. */
export const addSourceAction = adminAction(sourceCreateInput, (source, { db, now }) =>
  createSource(db, { ...source, now }),
);

/** Changes a source: its name, what it asks, its place, whether it is asked at all. */
export const changeSourceAction = adminAction(
  sourceParams.extend({ change: sourceUpdateInput }),
  ({ id, change }, { db, now }) => updateSource(db, { id, change, now }),
);

/** Removes a source; what was added from it stays. */
export const deleteSourceAction = adminAction(sourceParams, ({ id }, { db }) =>
  deleteSource(db, id),
);

/** Tries a source without saving it. */
export const testSourceAction = adminAction(
  z.object({ source: sourceTestInput }),
  async ({ source }, { db, locale }) => {
    const say = (reason: Reason) => reasonText(reason, locale);
    // An action knows nothing of a browser that leaves: the source's own patience ends it.
    const { signal } = new AbortController();
    const context = { db, env: env(), say, now: () => new Date() };
    const { results, ...view } = await testSource(context, source, { signal });
    // Rows have no prototype, and an answer of an action must have one.
    return { ...view, results: structuredClone(results) };
  },
);

/** Asks a source that rests at the next search, whatever it did before. */
export const wakeSourceAction = adminAction(sourceParams, ({ id }, { db, now }) => {
  // One that is switched on again starts with a clean record.
  updateSource(db, { id, change: { enabled: false }, now });
  updateSource(db, { id, change: { enabled: true }, now });
});

/** The answer of a service as it comes, to choose values from. */
export const sampleAnswerAction = adminAction(
  z.object({
    request: sampleInput,
    query: z.string().trim().min(1).max(200),
    /** Of a copy: see `sourceTestInput`. */
    galleryId: z.string().max(100).optional(),
  }),
  ({ request, query, galleryId }, { db }) =>
    sampleOf({ db, now: () => new Date() }, { definition: request, query, galleryId }),
);

/** The text of a schema that lies at an address. */
export const fetchSchemaTextAction = adminAction(
  z.object({ url: z.url({ protocol: /^https?$/, error: "schema-address" }).max(2000) }),
  ({ url }, { db }) => schemaTextAt({ db, now: () => new Date() }, url),
);

/** What an indexer can; whether it takes the key is known then, too. */
export const askAbilitiesAction = adminAction(
  z.object({ definition: torznabDefinition }),
  ({ definition }, { db }) => abilitiesOf({ db, now: () => new Date() }, definition),
);
