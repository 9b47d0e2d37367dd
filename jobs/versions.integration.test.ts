import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { audioTracks, jobs, timelineEvents, versions } from "@/db/schema";
import { logFor } from "@/lib/log";
import { deleteVersion } from "@/lib/movies/remove";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { probe } from "@/lib/services/ffmpeg/probe";
import { connect } from "@/lib/settings/connect";
import { subtitlesOf } from "@/lib/subtitles/data";
import { saveSubtitle } from "@/lib/subtitles/mutations";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import { streamSourceOf, versionsOf } from "@/lib/versions/data";
import { requestSmaller } from "@/lib/versions/derived";
import { makeMovie } from "@/tests/media/make";
import {
  type ConversionSite,
  type Kill,
  startConversionSite,
} from "@/tests/support/conversion-site";
import { until } from "@/tests/support/until";
import { retireFile } from "./handlers/retire-file";

const programs = { ffprobePath: process.env.FFPROBE_PATH ?? "ffprobe" };
const words = "1\n00:00:00,500 --> 00:00:01,500\nGood evening.\n";

let films: string;
let hevc: string;
let tall: string;
let site: ConversionSite;

beforeAll(async () => {
  films = mkdtempSync(join(tmpdir(), "vigilio-films-"));
  [hevc, tall] = await Promise.all([
    makeMovie({
      path: join(films, "hevc.mkv"),
      seconds: 2,
      video: "hevc",
      audio: [{ codec: "ac3", channels: 6, language: "eng" }],
      subtitles: [{ text: words, language: "eng" }],
    }),
    makeMovie({ path: join(films, "tall.mp4"), seconds: 2, width: 1280, height: 720 }),
  ]);
});
afterAll(() => rmSync(films, { recursive: true, force: true }));
afterEach(() => site.stop());

const codecsOf = (movieId: string) =>
  site.versionsOf(movieId).map(({ status, videoCodec }) => `${status} ${videoCodec}`);

const queued = (kind: string) => site.db.select().from(jobs).where(eq(jobs.kind, kind)).all();

/** What lies in the media folder, hidden workshops included, without the names. */
const mediaFiles = () =>
  readdirSync(site.env.mediaDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("/preview"))
    .map(({ name }) => name)
    .sort();

describe("a film in HEVC", () => {
  it("plays at once where it can, and everywhere when its conversion took its place", async () => {
    site = startConversionSite();
    const movieId = site.add(hevc);
    await site.settle();
    const [version, ...others] = site.versionsOf(movieId);
    if (!version) throw new Error("no version");
    expect(others).toEqual([]);
    expect(version).toMatchObject({ status: "ready", videoCodec: "h264", sourceKind: "import" });
    expect(version.plan).toMatchObject({ kind: "picture", followUp: null });

    // The copied one was published before, and whoever has it open goes on.
    const retired = version.retiredFileName ?? "";
    const old = await probe(site.fileOf({ ...version, fileName: retired }), programs);
    expect(old.video[0]?.codec).toBe("hevc");
    expect(old.audio.map(({ codec, channels }) => [codec, channels])).toEqual([
      ["aac", 2],
      ["aac", 6],
    ]);
    const made = await probe(site.fileOf(version), programs);
    expect(made.video[0]?.codec).toBe("h264");
    expect(made.audio.map(({ channels }) => channels)).toEqual([2, 6]);
    for (const name of [retired, version.fileName]) {
      expect(streamSourceOf(site.db, name)?.relativePath).toBe(`${version.folder}/${name}.mp4`);
    }
    const [view] = versionsOf(site.db, movieId, ({ code }) => code);
    expect(view?.streamUrl).toBe(`/media/${version.fileName}.mp4`);
    expect(view?.playsInDetail).toEqual([]);
    expect(subtitlesOf(site.db, version.id)).toHaveLength(1);
    const stages = site.db.select().from(timelineEvents).all();
    expect(stages.filter(({ stage }) => stage === "ready")).toHaveLength(1);

    // Hours later the old one goes; the one that plays never does.
    const [job] = queued("retire-file");
    expect(job?.runAt.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
    const context = {
      ...{ db: site.db, env: site.env, services: site.services, now: () => new Date() },
      ...{ signal: new AbortController().signal, progress: () => {}, log: logFor("test") },
    };
    const ids = { versionId: version.id, movieId };
    await retireFile(context, { ...ids, fileName: version.fileName });
    await retireFile(context, { ...ids, fileName: retired });
    expect(mediaFiles()).toContain(`${version.fileName}.mp4`);
    expect(mediaFiles()).not.toContain(`${retired}.mp4`);
    expect(streamSourceOf(site.db, retired)).toBeNull();
    expect(streamSourceOf(site.db, version.fileName)).not.toBeNull();
  });

  it("stays beside the conversion when both are wanted, each with subtitles", async () => {
    site = startConversionSite();
    site.set({ modernCodecs: "both" });
    const movieId = site.add(hevc);
    await site.settle();
    expect(codecsOf(movieId)).toEqual(["ready hevc", "ready h264"]);
    const [kept, made] = versionsOf(site.db, movieId, ({ code }) => code);
    expect(kept?.playsInDetail.map(({ browser }) => browser)).toEqual([
      ...["chrome", "firefox", "edge"],
    ]);
    expect(kept?.plan?.why[0]).toBe("plan-modern-first");
    expect(made?.madeFrom).toEqual({ versionId: kept?.id, kind: "conversion", height: null });
    for (const view of [kept, made]) {
      const [subtitle] = view?.subtitles ?? [];
      const { folder = "" } = site.versionsOf(movieId).find(({ id }) => id === view?.id) ?? {};
      expect(existsSync(subtitlePath(site.env.mediaDir, folder, subtitle?.id ?? ""))).toBe(true);
    }
    expect(made?.subtitles[0]?.id).not.toBe(kept?.subtitles[0]?.id);
  });

  it("stays as it is when nothing else is wanted", async () => {
    site = startConversionSite();
    site.set({ modernCodecs: "keep" });
    const movieId = site.add(hevc);
    await site.settle();
    expect(codecsOf(movieId)).toEqual(["ready hevc"]);
    expect(queued("make-version")).toEqual([]);
  });

  const kills: [string, Kill][] = [
    ["behind the copy", { kind: "make-playable", when: "after" }],
    ["behind its row", { kind: "publish", when: "after" }],
    ["before the conversion", { kind: "make-version", when: "before" }],
    ["behind the conversion", { kind: "make-version", when: "after" }],
    ["before it takes the place", { kind: "publish", when: "before", nth: 1 }],
    ["behind that", { kind: "publish", when: "after", nth: 1 }],
  ];
  it.each(kills)("ends in one version however it is killed: %s", async (_, kill) => {
    site = startConversionSite({ kill });
    const movieId = site.add(hevc);
    await site.settle();
    expect(codecsOf(movieId)).toEqual(["ready h264"]);
    const [version] = site.versionsOf(movieId);
    expect(version && existsSync(site.fileOf(version))).toBe(true);
    const subtitles = version ? subtitlesOf(site.db, version.id) : [];
    expect(mediaFiles()).toEqual(
      [
        `${version?.fileName}.mp4`,
        `${version?.retiredFileName}.mp4`,
        ...subtitles.map(({ id }) => `${id}.vtt`),
      ].sort(),
    );
    expect(queued("retire-file")).toHaveLength(1);
  });

  it("leaves nothing of its conversion behind when it is deleted meanwhile", async () => {
    site = startConversionSite({
      services: {
        // It waits for the chip until the version was deleted.
        hardwareEncoder: async () => {
          const [version] = site.versionsOf(movieId);
          if (version) deleteVersion(site.db, version.id, new Date());
          return null;
        },
      },
    });
    const movieId = site.add(hevc);
    await site.settle();
    expect(site.db.select().from(versions).all()).toEqual([]);
    expect(mediaFiles()).toEqual([]);
  });
});

describe("a smaller version", () => {
  it("is made of the published file, with its subtitles, and asked for once", async () => {
    site = startConversionSite();
    const movieId = site.add(tall);
    await site.settle();
    const [original] = site.versionsOf(movieId);
    if (!original) throw new Error("no version");
    const upload = await saveSubtitle(site.db, {
      ...{ versionId: original.id, bytes: Buffer.from(words), language: "en", now: new Date() },
      ...{ source: "upload", sourceKey: "a", mediaDir: site.env.mediaDir },
    });
    const request = { versionId: original.id, height: 480, now: new Date() };
    requestSmaller(site.db, request);
    expect(() => requestSmaller(site.db, request)).toThrow("smaller-exists");
    await site.settle();
    const made = site.versionsOf(movieId).find(({ id }) => id !== original.id);
    if (!made) throw new Error("no smaller version");
    expect(made).toMatchObject({ status: "ready", width: 854, height: 480, replaces: false });
    expect((await probe(site.fileOf(made), programs)).durationSeconds).toBeCloseTo(2, 0);
    expect(site.versionsOf(movieId)[0]).toEqual(original);
    const [copy, ...more] = subtitlesOf(site.db, made.id);
    expect(more).toEqual([]);
    expect(copy).toMatchObject({ source: "upload", language: "en" });
    expect(upload).not.toMatchObject({ id: copy?.id });
    expect(existsSync(subtitlePath(site.env.mediaDir, made.folder, copy?.id ?? ""))).toBe(true);
  });

  it("is stereo alone, keeps clear voices, and is made of the original where that is better", async () => {
    site = startConversionSite();
    site.set({ clearVoice: true });
    const path = await makeMovie({
      path: join(films, "dvd.mkv"),
      ...{ seconds: 2, width: 1280, height: 720, video: "mpeg2" },
      audio: [{ codec: "ac3", channels: 6, language: "eng", title: "Theatre" }],
    });
    const movieId = site.add(path);
    await site.settle();
    const [original] = site.versionsOf(movieId);
    if (!original) throw new Error("no version");
    const tracksOf = (versionId: string) =>
      site.db
        .select()
        .from(audioTracks)
        .where(eq(audioTracks.versionId, versionId))
        .all()
        .map(({ channels, isClearVoice, title }) => [channels, isClearVoice, title]);
    expect(tracksOf(original.id)).toEqual([
      [2, false, "Theatre"],
      [6, false, "Theatre"],
      [2, true, null],
    ]);
    requestSmaller(site.db, { versionId: original.id, height: 480, now: new Date() });
    await site.settle();
    const smaller = site.versionsOf(movieId).find(({ id }) => id !== original.id);
    // Interlaced or not, the plan says MPEG-2: it was made of what was put in.
    expect(JSON.stringify(smaller?.plan)).toContain("MPEG-2");
    expect(tracksOf(smaller?.id ?? "")).toEqual([
      [2, false, "Theatre"],
      [2, true, null],
    ]);

    // The original goes: now the published file has to do, and its clear voices are copied.
    rmSync(path);
    site.db
      .delete(versions)
      .where(eq(versions.id, smaller?.id ?? ""))
      .run();
    requestSmaller(site.db, { versionId: original.id, height: 480, now: new Date() });
    await site.settle();
    const again = site.versionsOf(movieId).find(({ id }) => id !== original.id);
    expect(JSON.stringify(again?.plan)).not.toContain("MPEG-2");
    expect(tracksOf(again?.id ?? "")).toEqual([
      [2, false, "Theatre"],
      [2, true, null],
    ]);
  });

  it("fails in words without its source, which the movie does not feel, and is asked for again", async () => {
    site = startConversionSite();
    const movieId = site.add(tall);
    await site.settle();
    const [original] = site.versionsOf(movieId);
    if (!original) throw new Error("no version");
    rmSync(site.fileOf(original));
    requestSmaller(site.db, { versionId: original.id, height: 480, now: new Date() });
    await site.settle();
    const [, failed] = site.versionsOf(movieId);
    expect(failed).toMatchObject({
      status: "failed",
      reason: { code: "version-source-missing" },
    });
    const events = site.db.select().from(timelineEvents).all();
    expect(events.some(({ state }) => state === "failed")).toBe(false);
    requestSmaller(site.db, { versionId: original.id, height: 480, now: new Date() });
    expect(site.versionsOf(movieId).map(({ id, status }) => [id, status])).toEqual([
      [original.id, "ready"],
      [failed?.id, "queued"],
    ]);
  });
});

it("ends within two seconds when a person cancels it, and leaves what plays as it is", async () => {
  site = startConversionSite();
  site.set({ encoderThreads: 1 });
  const path = await makeMovie({
    path: join(films, "long.mp4"),
    ...{ seconds: 10, width: 960, height: 540 },
    // Grain, which no encoder gets through quickly.
    extra: ["-vf", "noise=alls=30:allf=t"],
  });
  const movieId = site.add(path);
  await site.settle();
  const [original] = site.versionsOf(movieId);
  if (!original) throw new Error("no version");
  const { jobId } = requestSmaller(site.db, {
    ...{ versionId: original.id, height: 480, now: new Date() },
  });
  const job = () => site.db.select().from(jobs).where(eq(jobs.id, jobId)).get();
  await until("it is on its way", () => (job()?.remainingSeconds ?? 0) > 0);
  const [, making] = versionsOf(site.db, movieId, ({ code }) => code);
  expect(making?.progress?.fraction).toBeGreaterThan(0);
  expect(making?.progress?.remainingSeconds).toBeGreaterThan(0);
  cancelOrRemoveJob(site.db, jobId, new Date());
  const askedAt = performance.now();
  await until("it is cancelled", () => job()?.status === "cancelled");
  expect(performance.now() - askedAt).toBeLessThan(2000);
  expect(site.versionsOf(movieId)).toMatchObject([
    original,
    { status: "failed", reason: { code: "job-cancelled" } },
  ]);
  expect(mediaFiles()).toEqual([`${original.fileName}.mp4`]);
});

it("encodes by x264 when the graphics chip fails in the middle", async () => {
  let asked = 0;
  site = startConversionSite({
    services: {
      hardwareEncoder: async () => {
        asked += 1;
        return { kind: "vaapi", device: "/dev/dri/renderD999" };
      },
    },
  });
  const path = await makeMovie({
    path: join(films, "old.avi"),
    ...{ seconds: 2, video: "mpeg4", audio: [{ codec: "mp3" }] },
  });
  const movieId = site.add(path);
  await site.settle();
  expect(asked).toBe(1);
  expect(codecsOf(movieId)).toEqual(["ready h264"]);
  const [job] = queued("make-playable");
  expect(job).toMatchObject({ status: "succeeded", attempts: 1 });
});

it("does not ask for a chip that is switched off", async () => {
  site = startConversionSite();
  site.set({ hardwareEncoding: "off" });
  expect(await connect(site.db, site.env).hardwareEncoder()).toBeNull();
});
