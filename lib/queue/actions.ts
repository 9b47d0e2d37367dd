"use server";

import { z } from "zod";
import { adminAction } from "@/lib/web/action";
import { cancelOrRemoveJob, cancelOrRemoveJobs, retryJob, retryJobs } from "./commands";
import { runTickSoon } from "./schedule";

const input = z.object({ jobId: z.string() });
const severalInput = z.object({ jobIds: z.array(z.string()).min(1).max(200) });

/** Tries a job that ended badly again, from its first attempt. */
export const retryJobAction = adminAction(input, ({ jobId }, { db, now }) => {
  retryJob(db, jobId, now);
});

/** Ends a job that runs or waits; takes one that ended off the list. */
export const cancelJobAction = adminAction(input, ({ jobId }, { db, now }) =>
  cancelOrRemoveJob(db, jobId, now),
);

/** Tries several again, or sooner; those that can't be tried again stay as they are. */
export const retryJobsAction = adminAction(severalInput, ({ jobIds }, { db, now }) =>
  retryJobs(db, jobIds, now),
);

/** Ends several that run or wait, and takes those that ended off the list. */
export const cancelJobsAction = adminAction(severalInput, ({ jobIds }, { db, now }) =>
  cancelOrRemoveJobs(db, jobIds, now),
);

/** Does now what happens by the clock, and waits a moment for its end. */
export const runTickAction = adminAction(
  z.object({ name: z.string().max(60) }),
  async ({ name }) => ({ hasEnded: await runTickSoon(name, { waitMs: 1500 }) }),
);
