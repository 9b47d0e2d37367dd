"use server";

import { env } from "@/lib/env";
import { saveSettings } from "@/lib/settings/mutations";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { askGallery, followGallery, voteForEntry } from "./commands";
import { copyEntry, removeGallery } from "./mutations";
import { publishSource, unpublishSource } from "./publishing";
import {
  entryParams,
  entryVote,
  followInput,
  galleryNameForm,
  galleryParams,
  publishedSwitch,
  publishInput,
  unpublishInput,
} from "./schema";

/** Publishes the gallery to everybody, or takes it down. */
export const publishGalleryAction = adminAction(publishedSwitch, (patch, { db, now }) => {
  saveSettings(db, { patch, env: env(), now });
  return null;
});

/** Saves what the gallery is called; empty: nothing of its own. */
export const nameGalleryAction = adminAction(galleryNameForm, (patch, { db, now }) => {
  saveSettings(db, { patch, env: env(), now });
  return null;
});

/** Publishes a source as it is now, with what is told of it. */
export const publishSourceAction = adminAction(publishInput, (input, { db, now }) => {
  publishSource(db, { ...input, now });
  return null;
});

/** Takes a source out of the gallery. */
export const unpublishSourceAction = adminAction(unpublishInput, ({ sourceId }, { db }) => {
  unpublishSource(db, sourceId);
  return null;
});

/** Follows the gallery at an address; its id and name. */
export const followGalleryAction = adminAction(followInput, (input, { db }) =>
  followGallery({ db, now: () => new Date() }, input),
);

/** Asks a gallery for what is new; why it has nothing, in words, or null. */
export const refreshGalleryAction = adminAction(
  galleryParams,
  async ({ galleryId }, { db, locale }) => {
    const why = await askGallery({ db, now: () => new Date() }, galleryId);
    return why && reasonText(why, locale);
  },
);

/** Follows a gallery no more. */
export const unfollowGalleryAction = adminAction(galleryParams, ({ galleryId }, { db }) => {
  removeGallery(db, galleryId);
  return null;
});

/** Copies an entry as a source of this Vigilio, or brings its copy up to date. */
export const copyEntryAction = adminAction(entryParams, (entry, { db, now }) =>
  copyEntry(db, { ...entry, now }),
);

/** Votes for an entry where it is published; the new score. */
export const voteForEntryAction = adminAction(entryVote, (vote, { db }) =>
  voteForEntry({ db, now: () => new Date() }, vote),
);
