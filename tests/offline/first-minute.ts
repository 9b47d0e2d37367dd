import { until } from "../support/until";

interface Site {
  url: string;
  apiToken: string;
}

/** A first compilation on a busy machine takes its time, and a build even more. */
const startDeadlineMs = 600_000;

/** Waits until Vigilio answers that it is well. @throws Error after ten minutes. */
export async function untilHealthy({ url }: Site): Promise<void> {
  await until(
    "Vigilio to answer",
    async () => (await fetch(`${url}/api/health`).catch(() => null))?.ok,
    startDeadlineMs,
  );
}

/** Waits until a torrent runs, and pauses it as a person would; nothing when it has been. */
export async function pauseOne({ url, apiToken }: Site, infoHash: string): Promise<void> {
  const headers = { authorization: `Bearer ${apiToken}` };
  const stateOf = async (): Promise<string | undefined> => {
    const answer = await fetch(`${url}/api/v1/downloads?pageSize=100`, { headers });
    if (!answer.ok) return undefined;
    const { items } = (await answer.json()) as { items: { infoHash: string; state: string }[] };
    // A person may have deleted it: then there is nothing to wait for.
    return items.find((item) => item.infoHash === infoHash)?.state ?? "gone";
  };
  const begun = ["downloading", "paused", "seeding", "failed", "gone"];
  const state = await until(
    "the torrent that is to be paused to begin",
    async () => {
      const now = await stateOf().catch(() => undefined);
      return now !== undefined && begun.includes(now) && now;
    },
    startDeadlineMs,
  );
  if (state !== "downloading") return;
  const path = `/api/v1/downloads/${infoHash}/pause`;
  const answer = await fetch(url + path, { method: "POST", headers });
  if (!answer.ok) throw new Error(`pausing a torrent was answered with ${answer.status}`);
}
