import { describe, expect, it } from "vitest";
import { reason } from "@/lib/errors";
import { locales, reasonText, wordsOf } from "@/lib/web/catalogue";
import { checkBackup, checkDatabase } from "./database";
import { checkFolders, type FolderFacts } from "./disk";
import { checkFfmpeg, neededEncoders } from "./ffmpeg";
import { checkFiles } from "./files";
import { checkOpenSubtitles, checkTmdb } from "./online";
import { checkPasswords, checkSecrets } from "./passwords";
import { checkQbittorrent, type QbittorrentFacts } from "./qbittorrent";
import { checkScheduler } from "./scheduler";
import type { Check } from "./schema";
import { checkSources } from "./sources";
import { reportOf, toChecksView } from "./view";
import { checkVisit, type VisitFacts } from "./visit";

const now = new Date("2026-03-10T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

/** Everything that these tests found, for the words at the end. */
const all: Check[] = [];
function seen(checks: Check | Check[]): string[] {
  const list = [checks].flat();
  all.push(...list);
  return list.map(({ state, told }) => `${state} ${told}`);
}

describe("the database", () => {
  it("is whole, broken, or on a disk that it should not be on", () => {
    const facts = { sizeBytes: 12_300_000, elapsedMs: 7.4, fault: null, networkDisk: null };
    const fine = checkDatabase(facts);
    expect(seen(fine)).toEqual(["fine database-fine"]);
    expect(fine.values).toEqual({ megabytes: 12.3, milliseconds: 7 });
    expect(seen(checkDatabase({ ...facts, fault: "row 3 missing" }))).toEqual([
      "broken database-damaged",
    ]);
    expect(seen(checkDatabase({ ...facts, networkDisk: "NFS" }))).toEqual([
      "look database-on-network",
    ]);
  });

  it("has a backup that is new enough", () => {
    const facts = { problem: null, isNew: false, now };
    expect(seen(checkBackup({ ...facts, lastAt: hoursAgo(5) }))).toEqual(["fine backup-fine"]);
    expect(seen(checkBackup({ ...facts, lastAt: hoursAgo(49) }))).toEqual(["look backup-old"]);
    expect(seen(checkBackup({ ...facts, lastAt: null }))).toEqual(["look backup-none"]);
    expect(seen(checkBackup({ ...facts, lastAt: null, isNew: true }))).toEqual([
      "fine backup-first-night",
    ]);
    const problem = reason("backup-disk-full", { folder: "/backups" });
    expect(seen(checkBackup({ ...facts, lastAt: hoursAgo(5), problem }))).toEqual([
      "broken backup-failed",
    ]);
  });
});

it("the scheduler is silent after 45 seconds, and jobs that failed are told", () => {
  const jobs = { running: 1, waiting: 2, failed: 0 };
  expect(seen(checkScheduler({ silentMs: 44_000, ...jobs }))).toEqual([
    "fine scheduler-fine",
    "fine jobs-fine",
  ]);
  expect(seen(checkScheduler({ silentMs: 46_000, ...jobs, failed: 3 }))).toEqual([
    "broken scheduler-silent",
    "look jobs-failed",
  ]);
  expect(seen(checkScheduler({ silentMs: null, ...jobs }))[0]).toBe("broken scheduler-never");
});

describe("qBittorrent", () => {
  const facts: QbittorrentFacts = {
    ...{ kind: "external", host: "nas.example:8080", binaryPath: null, fault: null },
    ...{ elapsedMs: 12, version: "v5.1.0", isSupported: true },
    folder: { local: "/data/down loads", remote: "/downloads", fault: null },
  };
  const failing = (kind: NonNullable<QbittorrentFacts["fault"]>, more = {}) =>
    seen(
      checkQbittorrent({
        ...{ ...facts, version: null, folder: null, ...more },
        fault: kind,
      }),
    );

  it("is reachable, signed in, new enough, and means the same folder", () => {
    expect(seen(checkQbittorrent(facts))).toEqual([
      "fine qbittorrent-reached",
      "fine qbittorrent-signed-in",
      "fine qbittorrent-version",
      "fine qbittorrent-folder",
    ]);
  });

  it("says which of these is wrong, and nothing of what depends on it", () => {
    expect(failing("unreachable")).toEqual(["broken qbittorrent-silent"]);
    expect(failing("timeout")).toEqual(["broken qbittorrent-silent"]);
    expect(failing("broken")).toEqual(["broken qbittorrent-odd"]);
    expect(failing("credentials")).toEqual([
      "fine qbittorrent-reached",
      "broken qbittorrent-refused",
    ]);
    expect(failing("rate-limited")[1]).toBe("broken qbittorrent-banned");
    expect(failing("refused")[1]).toBe("broken qbittorrent-host-refused");
    const old = seen(checkQbittorrent({ ...facts, isSupported: false, folder: null }));
    expect(old.at(-1)).toBe("broken qbittorrent-old");
  });

  it("that Vigilio runs is installed or coming up", () => {
    const own = { kind: "own", host: null };
    expect(failing("unreachable", own)).toEqual(["broken qbittorrent-missing"]);
    expect(failing("unreachable", { ...own, binaryPath: "/usr/bin/qbittorrent-nox" })).toEqual([
      "broken qbittorrent-not-up",
    ]);
  });

  it("is told how to be let into the folder", () => {
    const of = (fault: "unseen" | "read-only") =>
      checkQbittorrent({
        ...facts,
        folder: { local: "/data/down loads", remote: "/downloads", fault },
      }).at(-1) as Check;
    expect(seen(of("unseen"))).toEqual(["broken qbittorrent-folder-unseen"]);
    expect(seen(of("read-only"))).toEqual(["broken qbittorrent-folder-read-only"]);
    expect(of("read-only").command).toBe("sudo chmod -R a+rwX '/data/down loads'");
  });
});

it("ffmpeg is there, runs, and has what films need", () => {
  const program = { path: "/usr/bin/ffmpeg", version: "5.1.9", fault: null };
  const facts = {
    ...{ ffmpeg: program, ffprobe: program, encoders: new Set(neededEncoders) },
    ...{ hardware: null, isHardwareOff: false },
  };
  const [fine, missing] = ["fine program-fine", "broken program-missing"];
  expect(seen(checkFfmpeg(facts))).toEqual([
    fine,
    fine,
    "fine encoders-fine",
    "fine hardware-none",
  ]);
  const chip = { kind: "vaapi", device: "/dev/dri/renderD128" };
  expect(seen(checkFfmpeg({ ...facts, hardware: chip })).at(-1)).toBe("fine hardware-fine");
  expect(seen(checkFfmpeg({ ...facts, isHardwareOff: true })).at(-1)).toBe("fine hardware-off");
  const few = checkFfmpeg({ ...facts, encoders: new Set(["aac", "srt", "mjpeg"]) });
  expect(seen(few)[2]).toBe("broken encoders-missing");
  expect(few[2]?.values).toEqual({ missing: "libx264" });
  const names = { program: "ffmpeg", variable: "FFMPEG_PATH" };
  const faultOf = (code: string) => ({ path: null, version: null, fault: reason(code, names) });
  const gone = { ...facts, encoders: null, ffmpeg: faultOf("ffmpeg-not-found") };
  expect(seen(checkFfmpeg(gone))).toEqual([missing, fine]);
  const broken = { ...facts, encoders: null, ffprobe: faultOf("ffmpeg-not-at-path") };
  expect(seen(checkFfmpeg(broken))[1]).toBe("broken program-fails");
});

describe("a folder", () => {
  const folder: FolderFacts = {
    ...{ role: "media", path: "/srv/media", isThere: true, fault: null },
    ...{ freeBytes: 500e9, totalBytes: 1000e9, ownerId: 0, groupId: 0, mode: "755", deviceId: 1 },
  };
  const vigilio = { userId: 1000, groupId: 1001 };
  const check = (change: Partial<FolderFacts>) =>
    checkFolders([{ ...folder, ...change }], vigilio)[0] as Check;

  it("is usable, or says what is wrong", () => {
    expect(seen(check({}))).toEqual(["fine folder-fine"]);
    expect(seen(check({ isThere: false }))).toEqual(["broken folder-missing"]);
    expect(seen(check({ fault: "EROFS" }))).toEqual(["broken folder-read-only"]);
    expect(seen(check({ fault: "ENOSPC" }))).toEqual(["broken folder-full"]);
    expect(seen(check({ freeBytes: 5e8 }))).toEqual(["broken folder-full"]);
    expect(seen(check({ freeBytes: 9e9 }))).toEqual(["look folder-tight"]);
    expect(seen(check({ fault: "EACCES" }))).toEqual(["broken folder-denied"]);
    expect(seen(check({ fault: "EIO" }))).toEqual(["broken folder-fails"]);
    expect(seen(check({ role: "import", freeBytes: 0 }))).toEqual(["fine folder-readable"]);
    expect(seen(check({ role: "import", fault: "EACCES" }))).toEqual(["broken folder-unreadable"]);
  });

  it("comes with the command that mends it", () => {
    expect(check({ fault: "EACCES" }).command).toBe("sudo chown -R 1000:1001 /srv/media");
    expect(check({ fault: "EACCES", ownerId: 1000 }).command).toBe(
      "sudo chmod -R u+rwX /srv/media",
    );
    expect(check({ isThere: false, path: "/srv/it's" }).command).toBe(
      `sudo mkdir -p '/srv/it'\\''s' && sudo chown 1000:1001 '/srv/it'\\''s'`,
    );
  });

  it("tells of a disk once, and whether there are two", () => {
    const tight = { ...folder, freeBytes: 9e9 };
    const downloads = { ...tight, role: "downloads" as const };
    expect(seen(checkFolders([tight, downloads], vigilio))).toEqual([
      "look folder-tight",
      "fine folder-fine",
      "fine disks-one",
    ]);
    const apart = checkFolders([tight, { ...downloads, deviceId: 2 }], vigilio);
    expect(seen(apart)).toEqual(["look folder-tight", "look folder-tight", "fine disks-two"]);
  });
});

it("TMDB takes the key, refuses it or is away", () => {
  const fault = (kind: "credentials" | "timeout") => ({ kind, reason: reason(`tmdb-${kind}`) });
  const of = (change: object) =>
    seen(checkTmdb({ hasKey: true, elapsedMs: 80, fault: null, ...change }));
  expect(of({})).toEqual(["fine tmdb-fine"]);
  expect(of({ hasKey: false })).toEqual(["look tmdb-none"]);
  expect(of({ fault: fault("credentials") })).toEqual(["broken tmdb-refused"]);
  expect(of({ fault: fault("timeout") })).toEqual(["broken tmdb-down"]);
});

it("OpenSubtitles has downloads left, or none today", () => {
  const fault = (kind: "credentials" | "timeout") => ({
    kind,
    reason: reason(`opensubtitles-${kind}`),
  });
  const quota = { remaining: 3, allowed: 20, resetAt: new Date(now.getTime() + 5 * 3_600_000) };
  const facts = { hasKey: true, hasAccount: true, fault: null, quota, now };
  const of = (change: object) => seen(checkOpenSubtitles({ ...facts, ...change }));
  expect(of({})).toEqual(["fine opensubtitles-quota"]);
  expect(checkOpenSubtitles(facts).values).toEqual({ remaining: 3, allowed: 20, hours: 5 });
  expect(of({ quota: { ...quota, remaining: 0 } })).toEqual(["look opensubtitles-used-up"]);
  expect(of({ quota: null })).toEqual(["fine opensubtitles-fine"]);
  expect(of({ hasAccount: false })).toEqual(["fine opensubtitles-key-alone"]);
  expect(of({ hasKey: false })).toEqual(["fine opensubtitles-none"]);
  expect(of({ fault: fault("credentials") })).toEqual(["broken opensubtitles-refused"]);
  expect(of({ fault: fault("timeout") })).toEqual(["broken opensubtitles-down"]);
});

it("each source that is switched on tells how it answered", () => {
  const source = {
    ...{ id: "a", name: "Attic", enabled: true, answeredAt: hoursAgo(3), averageMs: 1234 },
    ...{ failuresInRow: 0, lastError: null, pausedUntil: null },
  };
  const of = (change: object) => seen(checkSources([{ ...source, ...change }], now));
  expect(of({})).toEqual(["fine source-fine"]);
  expect(checkSources([source], now)[0]?.values).toEqual({ hours: 3, seconds: 1.2 });
  expect(of({ answeredAt: null })).toEqual(["fine source-new"]);
  const lastError = reason("source-timeout");
  expect(of({ failuresInRow: 2, lastError })).toEqual(["broken source-fails"]);
  expect(of({ failuresInRow: 2 })).toEqual(["broken source-fails"]);
  const pausedUntil = new Date(now.getTime() + 3_600_000);
  expect(of({ failuresInRow: 2, lastError, pausedUntil })).toEqual(["look source-rests"]);
  expect(of({ enabled: false })).toEqual(["fine sources-none"]);
});

describe("security", () => {
  it("names the worst of the passwords", () => {
    const ada = { username: "ada", password: "fine" } as const;
    const of = (...passwords: ("known" | "given" | "none")[]) =>
      seen(checkPasswords([ada, ...passwords.map((password) => ({ username: "bob", password }))]));
    expect(of()).toEqual(["fine passwords-fine"]);
    expect(of("given")).toEqual(["look passwords-given"]);
    expect(of("given", "none")).toEqual(["look passwords-none"]);
    expect(of("given", "none", "known")).toEqual(["broken passwords-known"]);
  });

  it("sees secrets that are long and no secret", () => {
    const of = (value: string) => seen(checkSecrets([{ variable: "VIGILIO_SECRET", value }]));
    expect(of("k3J9xPq7LmZ2vB8nRt5wYc1dFg6hS4aE")).toEqual(["fine secrets-fine"]);
    expect(of("abc".repeat(11))).toEqual(["look secrets-weak"]);
    expect(seen(checkSecrets([]))).toEqual(["fine secrets-fine"]);
  });

  it("sees files that others may read, and how to close them", () => {
    expect(seen(checkFiles([{ path: "/data/vigilio.db", mode: 0o600 }]))).toEqual([
      "fine files-fine",
    ]);
    const open = checkFiles([
      { path: "/data/secrets.json", mode: 0o600 },
      { path: "/my data/vigilio.db", mode: 0o644 },
    ]);
    expect(seen(open)).toEqual(["look files-open"]);
    expect(open.command).toBe("chmod 600 '/my data/vigilio.db'");
    expect(open.values).toEqual({ count: 1, path: "/my data/vigilio.db", mode: "644" });
  });

  it("knows how somebody came", () => {
    const visit: VisitFacts = {
      ...{ isHttps: true, isLocal: false, isProxied: true, trustsProxy: true },
      ...{ host: "0.0.0.0", port: 3000 },
    };
    const of = (change: Partial<VisitFacts>) => seen(checkVisit({ ...visit, ...change }));
    expect(of({})).toEqual(["fine https-fine", "fine proxy-fine"]);
    expect(of({ isHttps: false, trustsProxy: false })).toEqual([
      "look https-none",
      "look proxy-unbelieved",
    ]);
    expect(of({ isHttps: false, isProxied: false })).toEqual([
      "look https-none",
      "look proxy-passed-by",
    ]);
    const direct = { isHttps: false, isProxied: false, trustsProxy: false };
    expect(of({ ...direct, isLocal: true })).toEqual(["look https-open", "fine proxy-none"]);
    expect(of({ ...direct, host: "127.0.0.1" })).toEqual([
      "fine https-loopback",
      "fine proxy-none",
    ]);
  });
});

describe("what was found", () => {
  const view = (locale: string, checks: Check[]) =>
    toChecksView(
      { checks: checks.map((check) => ({ ...check, at: now })), unknown: [] },
      { t: wordsOf(locale), sayReason: (why) => reasonText(why, locale) },
    );

  it.each(locales())("has words in %s: what was seen, what it means, what to do", (locale) => {
    const stuck: Check[] = (["no-answer", "check-failed"] as const).map((told) => ({
      ...{ area: "tmdb", name: "tmdb", state: "broken", told, values: { seconds: 15 } },
    }));
    for (const item of view(locale, [...all, ...stuck]).items) {
      const { title, seen: saw, means, todo } = item;
      for (const text of [title, saw, ...(item.state === "fine" ? [] : [means, todo])]) {
        expect(text, JSON.stringify(item)).toBeTruthy();
        expect(text).not.toMatch(/^checks\.|\{|undefined|NaN/);
      }
    }
  });

  it("comes with the worst first, and is counted", () => {
    const shown = view("en", all);
    const states = shown.items.map(({ state }) => state);
    const order = ["broken", "look", "fine"];
    expect(states).toEqual(states.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(states.filter((state) => state === "broken")).toHaveLength(shown.summary.broken);
  });

  it("is told others without addresses", () => {
    const lastError = reason("source-unreachable");
    const name = "http://user:secret@indexer.example/api?apikey=0123456789abcdef";
    const checks = checkSources(
      [
        {
          ...{ id: "a", name, enabled: true, answeredAt: null, averageMs: null },
          ...{ failuresInRow: 1, lastError, pausedUntil: null },
        },
      ],
      now,
    );
    const report = reportOf(view("en", checks), { t: wordsOf("en"), version: "1.0.0" });
    expect(report).toContain("[Broken] Sources · indexer.example");
    expect(report).not.toMatch(/secret|0123456789/);
  });
});
