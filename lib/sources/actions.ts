"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import type { Reason } from "@/lib/errors";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { testSource } from "./commands";
import { createSource, deleteSource, updateSource } from "./mutations";
import { sourceCreateInput, sourceParams, sourceTestInput, sourceUpdateInput } from "./schema";

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
  ({ source }, { db, locale }) => {
    const say = (reason: Reason) => reasonText(reason, locale);
    // An action knows nothing of a browser that leaves: the source's own patience ends it.
    const { signal } = new AbortController();
    return testSource({ db, env: env(), say, now: () => new Date() }, source, { signal });
  },
);
