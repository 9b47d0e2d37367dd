import type { NamedBackup } from "./names";

const hourMs = 3_600_000;
/** A week: long enough to notice that something is gone. */
const keptForMs = 7 * 24 * hourMs;
const updatesKept = 3;

/**
 * Backups whose time is over: those older than a week, and of those from before an update all but
 * the last three. What is named in `keep` stays, and so does the newest of all.
 */
export function expiredBackups(
  backups: readonly NamedBackup[],
  args: { now: Date; keep: readonly string[] },
): string[] {
  const newestFirst = [...backups].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const updates = newestFirst.filter(({ reason }) => reason === "before-update");
  const kept = new Set([
    ...args.keep,
    ...newestFirst.slice(0, 1).map(({ name }) => name),
    ...updates.slice(0, updatesKept).map(({ name }) => name),
  ]);
  const isOver = ({ reason, createdAt }: NamedBackup) =>
    reason === "before-update" || args.now.getTime() - createdAt.getTime() > keptForMs;
  return newestFirst.filter((one) => !kept.has(one.name) && isOver(one)).map(({ name }) => name);
}

/** The hour of the night, on the server's clock, in which the nightly backup is made. */
const nightlyHour = 3;

/**
 * Whether the nightly backup is due, asked once an hour and at the start: at night, or as soon as
 * may be when the last one is older than a day, because the server was off or asleep.
 *
 * @param hour of the server's own clock.
 */
export function isNightlyDue(args: { lastAt: Date | null; now: Date; hour: number }): boolean {
  if (!args.lastAt) return true;
  const ageMs = args.now.getTime() - args.lastAt.getTime();
  // From the future: the clock was wrong then, or is now, and one more copy does no harm.
  if (ageMs < 0) return true;
  return ageMs > (args.hour === nightlyHour ? 12 : 24) * hourMs;
}
