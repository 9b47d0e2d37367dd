import type { DownloadView } from "@/lib/downloads/schema";
import type { BadgeTone } from "../ui/badge";

type State = DownloadView["state"];

/** How urgent a state looks; its words are `downloads.state.<state>`. */
export const stateTones: Record<State, BadgeTone> = {
  queued: "faint",
  metadata: "plain",
  checking: "plain",
  downloading: "lamp",
  stalled: "plain",
  paused: "faint",
  moving: "plain",
  seeding: "faint",
  failed: "danger",
};

/** What can be asked of a torrent in a state. */
export function commandsFor(state: State): { pause: boolean; resume: boolean; force: boolean } {
  const isStopped = state === "paused" || state === "failed";
  return {
    pause: !isStopped,
    resume: isStopped,
    force: ["queued", "stalled", "paused"].includes(state),
  };
}
