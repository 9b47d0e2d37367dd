import { downloadById, saveWaiting } from "@/lib/downloads/mutations";
import { AppError, type Reason, UpstreamError } from "@/lib/errors";
import { type JobContext, later, type Outcome } from "./context";

const againAfterMs = 15_000;

/**
 * What to say when qBittorrent can't be worked with just now; null when it refused this very
 * torrent, which no waiting mends.
 */
function passingReason(error: unknown): Reason | null {
  // Its folder is another one, or a program is missing: a person mends that, and then it goes on.
  if (error instanceof AppError) return error.status === 503 ? error.reason : null;
  if (!(error instanceof UpstreamError) || error.service !== "qbittorrent") return null;
  const isOfTorrent =
    error.fault === "not-found" ||
    (error.fault === "refused" && error.options.status !== 401 && error.options.status !== 403);
  return isOfTorrent ? null : error.reason;
}

/**
 * Runs a step that needs qBittorrent. While that is down, restarting, banned or wrongly set up the
 * step waits, costs no attempt, and its movie says why: none of it makes a movie fail.
 */
export async function orWait(
  context: JobContext,
  downloadId: string,
  step: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await step();
  } catch (error) {
    const why = passingReason(error);
    if (!why) throw error;
    const download = downloadById(context.db, downloadId);
    if (download) saveWaiting(context.db, download, why, context.now());
    return later(context, againAfterMs, why);
  }
}
