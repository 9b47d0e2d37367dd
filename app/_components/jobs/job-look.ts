import type { JobView } from "@/lib/queue/schema";
import type { BadgeTone } from "../ui/badge";

/** How urgent a state looks; its words are `jobs.status.<status>`. */
export const statusTones: Record<JobView["status"], BadgeTone> = {
  queued: "faint",
  running: "lamp",
  waiting: "plain",
  succeeded: "faint",
  failed: "danger",
  cancelled: "faint",
};
