import { AppError } from "@/lib/errors";
import { runtime } from "@/lib/queue/runtime";

/**
 * Restores a backup in the process that runs.
 *
 * @throws AppError 503 while Vigilio is starting or ending; otherwise as `Runtime.restore`.
 */
export function restoreNow(name: string): Promise<{ from: string; before: string | null }> {
  const running = runtime();
  if (!running) throw new AppError("restore-not-now", { status: 503, retryAfterSeconds: 10 });
  return running.restore(name);
}
