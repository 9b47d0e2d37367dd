"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { connect } from "@/lib/settings/connect";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { commandDownloads, downloadCommands } from "./commands";
import { isFollowed } from "./held";
import { downloadById } from "./mutations";
import { takeReplacement } from "./replace";
import { saveOffer } from "./replacements";

const downloadId = z.string().regex(/^[0-9a-f]{16}$/);

const commandInput = z.object({
  ids: z.array(downloadId).min(1).max(100),
  command: z.enum([...downloadCommands, "delete"]),
  deleteFiles: z.boolean().default(false),
});

/** Pauses, continues, forces or deletes Vigilio's torrents; what failed, in words, by id. */
export const downloadCommandAction = adminAction(
  commandInput,
  async ({ ids, command, deleteFiles }, { db, now, locale }) => {
    const context = { db, env: env(), services: connect(db, env()), now };
    const failed = await commandDownloads(context, ids, command, { deleteFiles });
    return {
      failed: [...failed].map(([id, reason]) => ({ id, detail: reasonText(reason, locale) })),
    };
  },
);

const oneDownload = z.object({ id: downloadId });

function followed(db: Parameters<typeof downloadById>[0], id: string) {
  const download = isFollowed(db, id) ? downloadById(db, id) : undefined;
  if (!download) throw new AppError("download-unknown", { status: 404 });
  return download;
}

/** Takes the release that is offered in the place of a dead one. */
export const replaceReleaseAction = adminAction(oneDownload, async ({ id }, { db, now }) => {
  await takeReplacement({ db, now }, followed(db, id), "person");
  return null;
});

/** Looks for another release in the place of a dead one, instead of what is offered. */
export const lookForReleaseAction = adminAction(oneDownload, ({ id }, { db, now }) => {
  // The next tick of the downloads sees that nothing is offered, and asks the sources.
  saveOffer(db, followed(db, id).id, null, now);
  return null;
});
