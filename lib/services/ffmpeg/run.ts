import { constants, setPriority } from "node:os";
import { execa } from "execa";
import { reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { classifyFailure, FfmpegError } from "./failure";
import { runMark } from "./orphans";
import { type Progress, progressReader } from "./progress";

const log = logFor("ffmpeg");

/** Between SIGTERM and SIGKILL. ffmpeg asked to stop may first move a whole film for fast-start. */
const graceMs = 1200;
const stderrLimit = 8_000;
const stdoutLimit = 64_000_000;

/**
 * What the programs see of the environment: how to find libraries and hardware, and nothing else.
 * Keys and passwords stay with us, and FFREPORT (which writes a file) has no effect.
 */
const passedOn = /^(PATH|HOME|TMPDIR|LD_LIBRARY_PATH|LIBVA_.*|NVIDIA_.*|CUDA_.*|XDG_RUNTIME_DIR)$/;

interface Running {
  kill(signal: NodeJS.Signals): boolean;
  isStopped: boolean;
  ended: Promise<unknown>;
}

/** On globalThis: a module is evaluated several times in one Next.js process. */
const shared = globalThis as { vigilioFfmpegRuns?: Set<Running> };
shared.vigilioFfmpegRuns ??= new Set();
const running = shared.vigilioFfmpegRuns;

interface Start {
  program: string;
  args: string[];
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  onOutput: (chunk: Buffer) => void;
  /** A long conversion gives way to streaming; a short look at a file does not. */
  isNice: boolean;
}

/** Starts a program and waits for its end. @throws FfmpegError, or the signal's own reason. */
async function start({ program, args, timeoutMs, signal, onOutput, isNice }: Start): Promise<void> {
  signal?.throwIfAborted();
  log.debug({ program, args }, "start");
  const child = execa(program, args, {
    stdin: "ignore",
    buffer: false,
    reject: false,
    timeout: timeoutMs,
    forceKillAfterDelay: graceMs,
    cancelSignal: signal,
    extendEnv: false,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name))),
      // Should we be killed, the next start knows it by this.
      ...runMark(),
    },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    stderr = (stderr + text).slice(-stderrLimit);
  });
  child.stdout.on("data", onOutput);
  if (isNice && child.pid !== undefined) {
    try {
      // Linux sets this for a thread; those that ffmpeg starts later inherit it.
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It has ended already, or the system does not allow it: it then runs like any other.
    }
  }
  const entry: Running = { kill: (name) => child.kill(name), isStopped: false, ended: child };
  running.add(entry);
  const result = await child.finally(() => running.delete(entry));
  if (signal?.aborted) throw signal.reason;
  if (!result.failed) return;
  if (entry.isStopped) throw new FfmpegError(reason("ffmpeg-stopped"), "ended with Vigilio");
  const ending = {
    exitCode: result.exitCode,
    signal: result.signal,
    timedOut: result.timedOut,
    spawnCode: result.exitCode === undefined && !result.signal ? result.code : undefined,
  };
  const detail = stderr.trim() || result.shortMessage || "no output";
  throw new FfmpegError(classifyFailure(ending, stderr), detail, { cause: result.cause });
}

export interface FfmpegRun {
  ffmpegPath: string;
  /** Inputs, options and outputs; what a local file needs comes from `localInput`. */
  args: string[];
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Length of the result, for `Progress.fraction`. */
  durationSeconds?: number | undefined;
  /** Called about twice a second and once at the end. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Runs ffmpeg once, niced, and waits for its end. An existing output is overwritten.
 *
 * @throws FfmpegError with a reason for people; `signal.reason` when the signal ended it, at most
 *   two seconds after.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<void> {
  const read = progressReader(run.durationSeconds);
  await start({
    program: run.ffmpegPath,
    args: [
      ...["-nostdin", "-hide_banner", "-y", "-loglevel", "error"],
      ...["-progress", "pipe:1", "-stats_period", "0.5"],
      ...run.args,
    ],
    timeoutMs: run.timeoutMs,
    signal: run.signal,
    isNice: true,
    onOutput: (chunk) => {
      const progress = read(chunk.toString("latin1"));
      if (progress) run.onProgress?.(progress);
    },
  });
}

export interface FfprobeRun {
  ffprobePath: string;
  args: string[];
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** Runs ffprobe (or `ffmpeg -version`) and gives what it printed. @throws like `runFfmpeg`. */
export async function runFfprobe(run: FfprobeRun): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  await start({
    program: run.ffprobePath,
    args: ["-hide_banner", "-loglevel", "error", ...run.args],
    timeoutMs: run.timeoutMs,
    signal: run.signal,
    isNice: false,
    onOutput: (chunk) => {
      length += chunk.byteLength;
      if (length <= stdoutLimit) chunks.push(chunk);
    },
  });
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Ends every run, for shutdown: asks first, then kills. Resolves when all are gone; each run then
 * fails with `ffmpeg-stopped`.
 */
export async function endAll(): Promise<void> {
  const entries = [...running];
  for (const entry of entries) {
    entry.isStopped = true;
    entry.kill("SIGTERM");
  }
  const late = setTimeout(() => {
    for (const entry of entries) if (running.has(entry)) entry.kill("SIGKILL");
  }, graceMs);
  await Promise.all(entries.map((entry) => entry.ended));
  clearTimeout(late);
}
