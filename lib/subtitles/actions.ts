"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { connect } from "@/lib/settings/connect";
import { type ActionContext, adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { offeredSubtitles, quotaNow, takeCandidate, uploadSubtitle } from "./commands";
import { encodingsOf, subtitleViewOf } from "./data";
import { deleteSubtitle, updateSubtitle } from "./mutations";
import { maxSubtitleBytes } from "./not-subtitle";
import { countMoviesWithout, fetchLanguage, refreshSubtitles } from "./refresh";
import {
  candidateChoice,
  candidatesQuery,
  encodingsQuery,
  languageFetchInput,
  refreshInput,
  subtitleChangesInput,
  subtitleUploadFields,
} from "./schema";

const id = z.string().regex(/^[0-9a-f]{16}$/);

/** What commands need of a request. */
function commandContext<User>({ db, now }: ActionContext<User>) {
  return { db, env: env(), services: connect(db, env()), now };
}

/** Looks for the subtitles of the chosen movies again; uploads stay. */
export const refreshSubtitlesAction = adminAction(refreshInput, ({ movieIds }, { db, now }) => {
  const { jobIds } = refreshSubtitles(db, { movieIds, now });
  return { jobs: jobIds.length };
});

/** Tells how many movies lack a language that was just chosen. */
export const countMissingAction = adminAction(languageFetchInput, ({ language }, { db }) => ({
  movies: countMoviesWithout(db, language),
}));

/** Looks for a language in all movies that lack it. */
export const fetchLanguageAction = adminAction(languageFetchInput, ({ language }, { db, now }) => {
  const { jobIds } = fetchLanguage(db, { language, now });
  return { jobs: jobIds.length };
});

const uploadForm = subtitleUploadFields.extend({
  versionId: id,
  file: z
    .instanceof(File, { message: "field-required" })
    .refine((file) => file.size > 0, "field-required")
    .refine((file) => file.size <= maxSubtitleBytes, "subtitle-too-large"),
});

/** Keeps a file that a person gives. Answers with what was made of it. */
export const uploadSubtitleAction = adminAction(uploadForm, async ({ file, ...form }, context) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const subtitleId = await uploadSubtitle(commandContext(context), { ...form, bytes });
  return viewOf(subtitleId, context);
});

function viewOf<User>(subtitleId: string, { db, locale }: ActionContext<User>) {
  const view = subtitleViewOf(db, subtitleId, (reason) => reasonText(reason, locale));
  if (!view) throw new AppError("not-found", { status: 404 });
  return view;
}

/** Mends a subtitle. Answers with how it is now. */
export const updateSubtitleAction = adminAction(
  subtitleChangesInput.extend({ id }),
  async ({ id: subtitleId, ...changes }, context) => {
    const { db, now } = context;
    viewOf(subtitleId, context);
    await updateSubtitle(db, { id: subtitleId, mediaDir: env().mediaDir, changes, now });
    return viewOf(subtitleId, context);
  },
);

/** Removes a subtitle. */
export const deleteSubtitleAction = adminAction(
  z.strictObject({ id }),
  async ({ id: subtitleId }, context) => {
    const { db, now } = context;
    viewOf(subtitleId, context);
    await deleteSubtitle(db, { id: subtitleId, mediaDir: env().mediaDir, now });
    return null;
  },
);

/** How a subtitle reads in the encodings that it may be in; nothing changes. */
export const showEncodingsAction = adminAction(
  encodingsQuery.extend({ id }),
  ({ id: subtitleId, encoding }, { db }) => encodingsOf(db, subtitleId, encoding),
);

/** What OpenSubtitles offers for a version in one language, and what may still be taken today. */
export const offeredSubtitlesAction = adminAction(
  candidatesQuery.extend({ versionId: id }),
  async (query, context) => {
    const asking = commandContext(context);
    const items = await offeredSubtitles(asking, query);
    return { items, quota: await quotaNow(asking) };
  },
);

/** Takes one of those that were offered. */
export const takeCandidateAction = adminAction(
  candidateChoice.extend({ versionId: id }),
  async (choice, context) => viewOf(await takeCandidate(commandContext(context), choice), context),
);
