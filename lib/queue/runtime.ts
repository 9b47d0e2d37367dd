import type { LookedArea } from "@/lib/checks/schema";
import type { ScheduleRun } from "./ticks";

/** Something that happens by the clock, as it stands now. */
export interface Tick {
  name: string;
  isRunning: boolean;
  /** Since this Vigilio began, or the last one that is known of an earlier one. */
  last: ScheduleRun | null;
  nextAt: Date | null;
}

/** What the running process offers to every copy of our modules: see docs/architecture.md. */
export interface Runtime {
  bootId: string;
  /** Looks at the job table now instead of at the next tick. */
  wake(): void;
  /** How to reach the qBittorrent that Vigilio itself runs; null until it answers, or none. */
  managedQbittorrent(): { url: string; username: string; password: string } | null;
  /** Removes files that no row knows now instead of at the next tick. */
  sweep(): void;
  /** Looks at these areas anew, and writes down what it found; absent where nothing can be asked. */
  runChecks?(areas: readonly LookedArea[]): Promise<void>;
  /** Everything that happens by the clock, in the order of the story that jobs/schedule.ts tells. */
  ticks(): Tick[];
  /**
   * Does now what a tick does. Null when there is none of that name, `running` when it is at it
   * already; else what is settled when it has ended, well or not.
   */
  runTick(name: string): Promise<void> | "running" | null;
  /**
   * Stops all background work, puts a backup in the place of the database and starts the work again.
   *
   * @throws AppError in words when it can't be done; everything is then as it was.
   */
  restore(name: string): Promise<{ from: string; before: string | null }>;
}

const holder = globalThis as typeof globalThis & { vigilioRuntime?: Runtime };

/** The handle of this process's scheduler; undefined in a build, a script or a test without one. */
export function runtime(): Runtime | undefined {
  return holder.vigilioRuntime;
}

/** Set by jobs/background.ts, and taken away when it ends. */
export function setRuntime(value: Runtime | undefined): void {
  if (value) holder.vigilioRuntime = value;
  else delete holder.vigilioRuntime;
}

/** Wakes the runner after the current transaction: it is synchronous, so the next turn is after it. */
export function wakeSoon(): void {
  setImmediate(() => runtime()?.wake());
}
