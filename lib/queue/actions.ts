"use server";

import { z } from "zod";
import { adminAction } from "@/lib/web/action";
import { cancelOrRemoveJob, retryJob } from "./commands";

const input = z.object({ jobId: z.string() });

/** Tries a job that ended badly again, from its first attempt. */
export const retryJobAction = adminAction(input, ({ jobId }, { db, now }) => {
  retryJob(db, jobId, now);
});

/** Ends a job that runs or waits; takes one that ended off the list. */
export const cancelJobAction = adminAction(input, ({ jobId }, { db, now }) =>
  cancelOrRemoveJob(db, jobId, now),
);
