import { access, constants } from "node:fs/promises";
import type { Db } from "@/lib/db";
import { goneInterface } from "@/lib/downloads/interfaces";
import type { Env } from "@/lib/env";
import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { type Health, type ServiceHealth, saveHealth } from "@/lib/queue/health";
import { binaryVersion } from "@/lib/services/ffmpeg/locate";
import type { Services } from "@/lib/settings/connect";
import { freeBytes, gigabytes } from "./disk";

/** Less than this and nothing new is begun. */
const leastFreeBytes = 1024 ** 3;

const bad = (detail: Reason): ServiceHealth => ({ ok: false, detail });

function reasonOf(error: unknown, fallback: string): Reason {
  if (error instanceof UpstreamError || error instanceof AppError) return error.reason;
  return reason(fallback);
}

async function checkQbittorrent({ db, env, services }: HealthContext): Promise<ServiceHealth> {
  try {
    const { appVersion } = await services.qbittorrent().check();
    const gone = goneInterface(db, env);
    if (gone) return bad(reason("qbittorrent-interface-gone", { name: gone }));
    return { ok: true, detail: reason("health-version", { version: appVersion }) };
  } catch (error) {
    return bad(reasonOf(error, "qbittorrent-unreachable"));
  }
}

const versions = new Map<string, string>();

/** A binary is asked for its version once; after that it only has to be there. */
async function checkBinary(path: string, name: string): Promise<ServiceHealth> {
  try {
    await access(path, constants.X_OK);
    const version = versions.get(path) ?? (await binaryVersion(path)) ?? "?";
    versions.set(path, version);
    return { ok: true, detail: reason("health-version", { version }) };
  } catch {
    return bad(reason("ffmpeg-not-runnable", { program: name }));
  }
}

async function checkFfmpeg(services: Services): Promise<Pick<Health, "ffmpeg" | "ffprobe">> {
  try {
    const { ffmpegPath, ffprobePath } = await services.ffmpeg();
    return {
      ffmpeg: await checkBinary(ffmpegPath, "ffmpeg"),
      ffprobe: await checkBinary(ffprobePath, "ffprobe"),
    };
  } catch (error) {
    const missing = bad(reasonOf(error, "ffmpeg-not-found"));
    return { ffmpeg: missing, ffprobe: missing };
  }
}

async function checkDisk(env: Env): Promise<ServiceHealth> {
  try {
    for (const dir of [env.mediaDir, env.downloadsDir]) {
      await access(dir, constants.W_OK);
      const free = await freeBytes(dir);
      if (free < leastFreeBytes) {
        return bad(reason("disk-nearly-full", { freeGigabytes: gigabytes(free) }));
      }
    }
    const freeGigabytes = gigabytes(await freeBytes(env.mediaDir));
    return { ok: true, detail: reason("health-free", { freeGigabytes }) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "?";
    return bad(reason("disk-not-writable", { code }));
  }
}

interface HealthContext {
  db: Db;
  env: Env;
  services: Services;
  now(): Date;
}

/** What works is looked at this often; what does not, at every tick. */
const calmMs = 10_000;
let nextLookAt = 0;

/** Looks at everything that adding a movie needs, and writes down what it found. */
export async function checkHealth(context: HealthContext): Promise<void> {
  const at = context.now().getTime();
  if (at < nextLookAt) return;
  const [qbittorrent, binaries, disk] = await Promise.all([
    checkQbittorrent(context),
    checkFfmpeg(context.services),
    checkDisk(context.env),
  ]);
  const scheduler = { ok: true, detail: reason("health-ok") };
  const found = { scheduler, qbittorrent, ...binaries, disk };
  saveHealth(context.db, found, context.now());
  const isWell = Object.values(found).every(({ ok }) => ok);
  nextLookAt = isWell ? at + calmMs - 500 : 0;
}
