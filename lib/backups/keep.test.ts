import { describe, expect, it } from "vitest";
import { expiredBackups, isNightlyDue } from "./keep";
import { type BackupReason, backupName, readBackupName } from "./names";

const now = new Date("2026-03-10T03:30:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const backup = (days: number, reason: BackupReason = "nightly") => {
  const createdAt = daysAgo(days);
  return { name: backupName(createdAt, reason), reason, createdAt };
};
const daysOf = (names: string[]) =>
  names.map((name) => {
    const at = readBackupName(name)?.createdAt.getTime() ?? 0;
    return Math.round((now.getTime() - at) / 86_400_000);
  });

describe("a name", () => {
  it("tells when and why, and reads back", () => {
    const made = backup(0, "before-update");
    expect(made.name).toBe("2026-03-10T03-30-00Z-before-update.db");
    expect(readBackupName(made.name)).toEqual(made);
  });

  it.each([
    "vigilio.db",
    "2026-03-10T03-30-00Z-nightly.db.part",
    "2026-03-10T03-30-00Z-weekly.db",
    "../2026-03-10T03-30-00Z-nightly.db",
    "2026-13-40T03-30-00Z-nightly.db",
  ])("is not %s", (name) => {
    expect(readBackupName(name)).toBeNull();
  });
});

describe("backups whose time is over", () => {
  it("are those older than a week, whatever they were made for", () => {
    const backups = [backup(0), backup(6.9, "by-hand"), backup(7.1), backup(9, "before-restore")];
    expect(daysOf(expiredBackups(backups, { now, keep: [] }))).toEqual([7, 9]);
  });

  it("are all but the last three from before an update, however old", () => {
    const updates = [1, 40, 90, 200].map((days) => backup(days, "before-update"));
    expect(daysOf(expiredBackups([backup(0), ...updates], { now, keep: [] }))).toEqual([200]);
  });

  it("are never the last one, nor one that is in use", () => {
    expect(expiredBackups([backup(400)], { now, keep: [] })).toEqual([]);
    const used = backup(20);
    expect(expiredBackups([backup(10), used], { now, keep: [used.name] })).toEqual([]);
  });
});

describe("the nightly backup is due", () => {
  const due = (hoursAgo: number | null, hour: number) =>
    isNightlyDue({
      lastAt: hoursAgo === null ? null : new Date(now.getTime() - hoursAgo * 3_600_000),
      now,
      hour,
    });

  it.each([
    ["when there is none", null, 15, true],
    ["at night", 24, 3, true],
    ["at night after one was caught up by day", 12.5, 3, true],
    ["not twice in a night", 1, 3, false],
    ["not by day", 13, 16, false],
    ["by day, when the night was missed", 25, 16, true],
    ["when the last one is from the future", -5, 16, true],
  ])("%s", (_, hoursAgo, hour, expected) => {
    expect(due(hoursAgo, hour)).toBe(expected);
  });
});
