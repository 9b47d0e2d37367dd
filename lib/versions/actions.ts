"use server";

import { z } from "zod";
import { adminAction } from "@/lib/web/action";
import { requestSmaller } from "./derived";
import { smallerRequest } from "./schema";

const input = smallerRequest.extend({ versionId: z.string() });

/** Asks for a smaller version of a version. */
export const makeSmallerAction = adminAction(input, (request, { db, now }) => {
  requestSmaller(db, { ...request, now });
  return null;
});
