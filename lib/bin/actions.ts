"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { saveSettings } from "@/lib/settings/mutations";
import { adminAction } from "@/lib/web/action";
import { binMovie, binVersion, restoreFromBin } from "./commands";
import { deleteFromBin, emptyBin } from "./mutations";
import { binId } from "./schema";

const one = z.object({ id: binId });

/** Puts a movie into the bin. */
export const binMovieAction = adminAction(one, async ({ id }, { db, now }) => ({
  days: await binMovie({ db, env: env(), now }, id),
}));

/** Puts a version into the bin. */
export const binVersionAction = adminAction(one, async ({ id }, { db, now }) => ({
  days: await binVersion({ db, env: env(), now }, id),
}));

/** Brings back what lies in the bin. */
export const restoreAction = adminAction(one, ({ id }, { db, now }) =>
  restoreFromBin({ db, env: env(), now }, id),
);

/** Deletes for good what lies in the bin. */
export const deleteFromBinAction = adminAction(one, ({ id }, { db, now }) => {
  deleteFromBin(db, id, now);
});

/** Deletes for good everything that lies in the bin. */
export const emptyBinAction = adminAction(z.object({}), (_, { db, now }) => {
  emptyBin(db, now, { onlyDue: false });
});

/** An empty field is no 0: that would mean no bin. */
const wholeNumber = z.string().trim().regex(/^\d+$/, "number-out-of-range").transform(Number);
const daysForm = z.object({ binDays: wholeNumber });

/** Saves how long what is deleted can be brought back; 0 for not at all. */
export const changeBinDaysAction = adminAction(daysForm, (patch, { db, now }) => {
  saveSettings(db, { patch, env: env(), now });
  return null;
});
