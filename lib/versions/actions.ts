"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { deleteVersion } from "@/lib/movies/remove";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import { requestSmaller } from "./derived";
import { deleteMovieFile } from "./files";
import { smallerRequest } from "./schema";

const input = smallerRequest.extend({ versionId: z.string() });

/** Asks for a smaller version of a version. */
export const makeSmallerAction = adminAction(input, (request, { db, now }) => {
  requestSmaller(db, { ...request, now });
  return null;
});

/** Deletes a version with its files; the movie and its other versions stay. */
export const deleteVersionAction = adminAction(
  z.object({ versionId: z.string() }),
  ({ versionId }, { db, now }) => {
    deleteVersion(db, versionId, now);
    return null;
  },
);

const filesInput = z.object({
  movieId: z.string(),
  fileIds: z
    .array(z.string().regex(/^[0-9a-f]{16}$/))
    .min(1)
    .max(1000),
});

/** Deletes chosen files of a movie. One that can't go is no reason to keep the others. */
export const deleteFilesAction = adminAction(
  filesInput,
  async ({ movieId, fileIds }, { db, now, locale }) => {
    let deleted = 0;
    const refused: string[] = [];
    for (const fileId of fileIds) {
      try {
        await deleteMovieFile(db, { movieId, fileId, folders: env(), now });
        deleted += 1;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused.push(reasonText(error.reason, locale));
      }
    }
    return { deleted, refused: [...new Set(refused)] };
  },
);
