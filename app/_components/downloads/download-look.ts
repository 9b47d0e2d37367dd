import type { DownloadItem, DownloadView } from "@/lib/downloads/schema";
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

export type Command = "pause" | "resume" | "force-start" | "delete";

type Commanded = Pick<DownloadItem, "state" | "isHeldBack" | "isInClient">;

/**
 * What can be asked of a torrent in a state. A pause means nothing to one that is stopped, or that
 * qBittorrent does not have yet; one that waits for its network interface can be told not to go on.
 */
export function commandsFor({ state, isHeldBack, isInClient }: Commanded): {
  pause: boolean;
  resume: boolean;
  force: boolean;
} {
  const isStopped = state === "paused" || state === "failed";
  return {
    pause: isHeldBack || (isInClient && !isStopped && state !== "moving"),
    resume: isStopped && !isHeldBack,
    force: isInClient && ["queued", "stalled", "paused"].includes(state) && !isHeldBack,
  };
}

/** Whether a command means anything to a torrent. */
export function canDo(download: Commanded, command: Command) {
  const can = commandsFor(download);
  if (command === "delete") return true;
  return command === "force-start" ? can.force : can[command];
}
