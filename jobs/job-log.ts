import type { Connection } from "@/lib/db";
import { censor, censorText, logFor } from "@/lib/log";
import { type SaidLine, saveJobLines } from "@/lib/queue/job-log";

/** What a handler may say; the facts are technical, the message is one short clause. */
export interface JobLogger {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

type Level = keyof JobLogger;

/** A line longer than this, with its facts, is cut. */
const mostCharacters = 2000;
/** Lines are written together: at the latest after this time, or when there are so many. */
const flushAfterMs = 1000;
const flushAt = 50;
/** A job that says more than this in one go is a fault of ours; its newest lines are what counts. */
const mostBuffered = 500;

const area = logFor("jobs");

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Facts as they are kept: without secrets, the longest texts cut until all of it fits. */
function factsOf(facts: object, room: number): SaidLine["facts"] {
  const entries = Object.entries(censor(facts) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  if (entries.length === 0) return null;
  const each = Math.floor(room / entries.length);
  const whole = Object.fromEntries(entries);
  if (JSON.stringify(whole).length <= room) return whole;
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const most = Math.max(20, each - name.length - 8);
      return [name, typeof value === "number" ? value : cut(text, most)];
    }),
  );
}

/**
 * What one attempt at a job says: into the process's log as everything, and into the job's own,
 * which its page shows. The latter is written in batches, so that saying something costs nothing.
 */
export class JobLog implements JobLogger {
  private readonly lines: SaidLine[] = [];
  private readonly out: ReturnType<typeof area.child>;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: { db: Connection; now(): Date },
    private readonly job: { id: string; kind: string; movieId: string | null },
  ) {
    this.out = area.child({ jobId: job.id, kind: job.kind, movieId: job.movieId });
  }

  debug(facts: object, message: string): void {
    this.say("debug", facts, message);
  }

  info(facts: object, message: string): void {
    this.say("info", facts, message);
  }

  warn(facts: object, message: string): void {
    this.say("warn", facts, message);
  }

  error(facts: object, message: string): void {
    this.say("error", facts, message);
  }

  /** Into the job's own log alone: what the process's log is not interested in. */
  note(level: Level, facts: object, message: string): void {
    const text = cut(censorText(message), mostCharacters);
    this.lines.push({
      at: this.options.now(),
      level,
      message: text,
      facts: factsOf(facts, mostCharacters - text.length),
    });
    if (this.lines.length > mostBuffered) this.lines.shift();
    if (this.lines.length >= flushAt) {
      this.flush();
      return;
    }
    this.timer ??= setTimeout(() => this.flush(), flushAfterMs).unref();
  }

  /** Writes what is still unwritten. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // Work that was left behind at a stop may speak after the database has closed.
    if (!this.options.db.$client.open) return;
    saveJobLines(this.options.db, this.job.id, this.lines.splice(0), this.options.now());
  }

  private say(level: Level, facts: object, message: string): void {
    this.out[level](facts, message);
    if (level !== "debug" || this.out.isLevelEnabled("debug")) this.note(level, facts, message);
  }
}
