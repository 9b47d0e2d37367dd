"use server";

import { userAction } from "@/lib/web/action";
import { setInList } from "./mutations";
import { inListInput } from "./schema";

/** Puts a movie on the caller's list, or takes it off; the answer is the place that it had. */
export const setInListAction = userAction(
  inListInput,
  (input, { db, user, now }) => setInList(db, { ...input, userId: user.id, now }),
  { allowedInDemo: true },
);
