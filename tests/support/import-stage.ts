import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { importFiles } from "@/jobs/handlers/import-files";
import { scanFolder } from "@/jobs/handlers/scan-folder";
import { startScan } from "@/lib/imports/commands";
import { scanById, scanRows, scanViewOf } from "@/lib/imports/data";
import { failScan } from "@/lib/imports/mutations";
import type { ImportInput, ScanRow, ScanView } from "@/lib/imports/schema";
import { askForFiles } from "@/lib/imports/taking";
import { saveSettings } from "@/lib/settings/mutations";
import type { TmdbStandIn } from "../upstreams/tmdb";
import { tmdbKeys } from "../upstreams/tmdb";
import { type JobStage, jobStage } from "./job-stage";

/** A folder with files that are films by their names alone, and the jobs that import them. */
export interface ImportStage extends Disposable {
  stage: JobStage;
  folder: string;
  /** Writes a file below the folder; its path. */
  put(path: string, content?: string): string;
  set(patch: Record<string, unknown>): void;
  /** Looks through the folder; the scan's id. */
  scan(): Promise<string>;
  /** Does the work of a scan once more. */
  goOn(scanId: string): Promise<void>;
  viewOf(scanId: string): ScanView;
  rowsOf(scanId: string): ScanRow[];
  /** Takes a file, and what became of its row. */
  take(scanId: string, name: string, mode?: ImportInput["mode"]): Promise<ScanRow>;
}

const say = ({ code }: { code: string }) => code;

/** @param tmdb that is asked; without it there is no key. */
export function importStage(tmdb?: TmdbStandIn): ImportStage {
  const stage = jobStage();
  const { db, env, context } = stage;
  const outside = `${realpathSync(stage.dir)}-import`;
  const folder = join(outside, "films");
  mkdirSync(folder, { recursive: true });
  const set = (patch: Record<string, unknown>) => saveSettings(db, { patch, env, now: new Date() });
  set({ importDirs: [folder] });
  if (tmdb) {
    set({ tmdbApiKey: tmdbKeys.v3, tmdbApiUrl: tmdb.apiUrl, tmdbImageUrl: tmdb.imageUrl });
  }
  const rowsOf = (scanId: string) => scanRows(db, scanId, { page: 1, pageSize: 100 }, say).items;
  async function goOn(scanId: string): Promise<void> {
    const outcome = await scanFolder(context, { scanId });
    if (outcome.kind === "failed") failScan(db, scanId, outcome.reason, new Date());
  }
  return {
    ...{ stage, folder, set, rowsOf, goOn },
    put(path, content = path) {
      const full = join(folder, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
      return full;
    },
    async scan() {
      const user = { id: null, isAdmin: true };
      const { scanId } = await startScan({ db, env, user, now: new Date() }, folder);
      await goOn(scanId);
      return scanId;
    },
    viewOf: (scanId) => scanViewOf(db, scanById(db, scanId), say),
    async take(scanId, name, mode = "link") {
      const of = () => rowsOf(scanId).find((row) => row.name === name);
      const files = [{ fileId: of()?.id ?? "" }];
      askForFiles(db, { scanId, files, mode, askedBy: null, now: new Date() });
      await importFiles(context, { scanId });
      const row = of();
      if (!row) throw new Error(`${name} is not in the scan`);
      return row;
    },
    [Symbol.dispose]() {
      stage[Symbol.dispose]();
      rmSync(outside, { recursive: true, force: true });
    },
  };
}
