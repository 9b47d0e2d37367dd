"use server";

import { z } from "zod";
import { deleteVersion } from "@/lib/movies/remove";
import { adminAction } from "@/lib/web/action";
import { requestSmaller } from "./derived";
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
