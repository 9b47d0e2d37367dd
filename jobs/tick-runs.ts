import type { Connection } from "@/lib/db";
import { censorText, logFor } from "@/lib/log";
import { type ScheduleRun, saveScheduleRun, scheduleRunsOf } from "@/lib/queue/ticks";

const log = logFor("schedule");

/** What comes every two seconds need not be written down each time. */
const writeEveryMs = 55_000;
const mostDetail = 500;

/** One tick at a time of a name, and what became of the last. */
export class TickRun {
  private running: Promise<void> | null = null;
  private writtenAt = 0;
  last: ScheduleRun | null;

  constructor(
    readonly name: string,
    private readonly options: { db: Connection; now(): Date },
    private readonly work: () => Promise<void> | void,
    last: ScheduleRun | undefined,
  ) {
    this.last = last ?? null;
  }

  get isRunning(): boolean {
    return this.running !== null;
  }

  /** By the clock: passed over while the one before is at it. */
  run(): Promise<void> {
    if (this.running) return Promise.resolve();
    this.running = this.once({ isAsked: false });
    return this.running;
  }

  /** Asked for by a person; `running` when it is at it already. */
  runNow(): Promise<void> | "running" {
    if (this.running) return "running";
    this.running = this.once({ isAsked: true });
    return this.running;
  }

  /** A tick that fails is logged and the next one comes. */
  private async once({ isAsked }: { isAsked: boolean }): Promise<void> {
    const startedAt = this.options.now();
    const run: ScheduleRun = { startedAt, finishedAt: startedAt, outcome: "done", detail: null };
    try {
      // Also what is thrown before its first pause is caught here.
      await Promise.resolve().then(this.work);
    } catch (error) {
      log.error({ err: error, tick: this.name }, "a tick failed");
      run.outcome = "failed";
      run.detail = censorText(error instanceof Error ? error.message : String(error));
      run.detail = run.detail.slice(0, mostDetail);
    }
    run.finishedAt = this.options.now();
    const isNews = isAsked || run.outcome !== this.last?.outcome;
    this.last = run;
    this.running = null;
    this.write(run, isNews);
  }

  private write(run: ScheduleRun, isNews: boolean): void {
    const at = run.finishedAt.getTime();
    // One that ends after a stop has no database to write to.
    if (!this.options.db.$client.open) return;
    if (!isNews && at - this.writtenAt < writeEveryMs) return;
    this.writtenAt = at;
    try {
      saveScheduleRun(this.options.db, this.name, run);
    } catch (error) {
      log.error({ err: error, tick: this.name }, "a tick's end could not be written");
    }
  }
}

/** The runs of ticks, each knowing the last of an earlier start. */
export function tickRuns<Context extends { db: Connection; now(): Date }>(
  ticks: readonly { name: string; run(context: Context): Promise<void> | void }[],
  context: Context,
): TickRun[] {
  const known = scheduleRunsOf(context.db);
  return ticks.map(
    (tick) => new TickRun(tick.name, context, () => tick.run(context), known.get(tick.name)),
  );
}
