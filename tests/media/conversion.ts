import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argsFor } from "@/lib/services/ffmpeg/args";
import { isRefusal, type Plan, type PlanOptions, planFor } from "@/lib/services/ffmpeg/plan";
import { probe } from "@/lib/services/ffmpeg/probe";
import type { Probe } from "@/lib/services/ffmpeg/probe-types";
import type { Progress } from "@/lib/services/ffmpeg/progress";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { verifyResult } from "@/lib/services/ffmpeg/verify";
import { type MovieSpec, makeMovie } from "./make";

export const ffmpegPath = process.env.FFMPEG_PATH ?? "ffmpeg";
export const programs = { ffprobePath: process.env.FFPROBE_PATH ?? "ffprobe" };

export interface Converted {
  path: string;
  plan: Plan;
  source: Probe;
  result: Probe;
  progress: Progress[];
}

/** A folder of films that are made, planned and converted as an import does it. */
export interface Workshop {
  folder: string;
  /** A path that nobody uses yet. */
  place(extension: string): string;
  make(extension: string, spec?: Omit<MovieSpec, "path">): Promise<string>;
  /** Runs ffmpeg into a file of its own: what `make` has no words for. */
  remake(extension: string, args: string[]): Promise<string>;
  /** @throws Error when the film is refused. */
  planOf(path: string, options?: PlanOptions): Promise<{ source: Probe; plan: Plan }>;
  /** Probes, plans, converts and verifies. @throws Error when one of them says no. */
  convert(path: string, options?: PlanOptions): Promise<Converted>;
  /** The code of the reason why a file is refused before anything is converted. */
  refusalOf(path: string): Promise<string>;
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), "vigilio-convert-"));
  let count = 0;
  const place = (extension: string) => {
    count += 1;
    return join(folder, `${count}.${extension}`);
  };
  const workshop: Workshop = {
    folder,
    place,
    make: (extension, spec = {}) => makeMovie({ ...spec, path: place(extension) }),
    async remake(extension, args) {
      const path = place(extension);
      await runFfmpeg({ ffmpegPath, args: [...args, path], timeoutMs: 60_000 });
      return path;
    },
    async planOf(path, options = {}) {
      const source = await probe(path, programs);
      const plan = planFor(source, options);
      if (isRefusal(plan)) throw new Error(`refused: ${plan.reason.code}`);
      return { source, plan };
    },
    async convert(path, options = {}) {
      const { source, plan } = await workshop.planOf(path, options);
      const outputPath = place("mp4");
      const progress: Progress[] = [];
      await runFfmpeg({
        ffmpegPath,
        args: argsFor(plan, { inputPath: path, outputPath }),
        timeoutMs: 60_000,
        durationSeconds: plan.durationSeconds ?? undefined,
        onProgress: (state) => progress.push(state),
      });
      const verified = await verifyResult(outputPath, plan, source, programs);
      if (!verified.ok) throw new Error(`${verified.reason.code}: ${verified.detail}`);
      return { path: outputPath, plan, source, result: verified.probe, progress };
    },
    async refusalOf(path) {
      try {
        const plan = planFor(await probe(path, programs));
        return isRefusal(plan) ? plan.reason.code : "not refused";
      } catch (error) {
        return (error as { reason?: { code: string } }).reason?.code ?? String(error);
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
  return workshop;
}
