import type { MovieView } from "@/lib/movies/schema";

type Entry = MovieView["timeline"][number];
type Stage = Entry["stage"];

export interface StageView {
  stage: Stage;
  /** `ahead`: nothing has been heard of it yet. */
  state: Entry["state"] | "ahead";
  /** When it came to this state; null for what is ahead. */
  at: string | null;
  detail: string | null;
}

const order: readonly Stage[] = [
  "added",
  "metadata",
  "download",
  "processing",
  "subtitles",
  "ready",
];

/**
 * One line per stage out of everything that happened: the last thing that is known of each. A stage
 * that never comes is left out once a later one is done; so is the download of a file from the disk,
 * as soon as it is worked on.
 */
export function stagesOf(timeline: readonly Entry[]): StageView[] {
  const last = new Map<Stage, Entry>();
  for (const entry of timeline) {
    const known = last.get(entry.stage);
    if (!known || entry.at >= known.at) last.set(entry.stage, entry);
  }
  const isReady = last.get("ready")?.state === "done";
  return order.flatMap((stage): StageView[] => {
    const entry = last.get(stage);
    if (entry) return [{ stage, state: entry.state, at: entry.at, detail: entry.detail }];
    const isSkipped = stage === "download" && last.has("processing");
    return isReady || isSkipped ? [] : [{ stage, state: "ahead", at: null, detail: null }];
  });
}
