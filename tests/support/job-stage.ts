import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { downloads, type StoredTorrentFile } from "@/db/schema";
import type { JobContext } from "@/jobs/context";
import type { Connection } from "@/lib/db";
import { type Env, makeFolders, readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { logFor } from "@/lib/log";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "./database";
import { libraryStart } from "./library";

/** What a job's handler works with: a folder and a database of its own, and the real programs. */
export interface JobStage {
  dir: string;
  db: Connection;
  env: Env;
  context: JobContext;
  /** Writes a file below the folder, with the folders on the way to it; its path. */
  file(relativePath: string, content?: string | Buffer): string;
  /** A finished download of a version, with its files below `savePath`; its id. */
  download(args: {
    movieId: string;
    versionId: string;
    savePath: string;
    files: StoredTorrentFile[];
  }): string;
  [Symbol.dispose](): void;
}

/** @param environment more of it: a media folder on another disk, for instance. */
export function jobStage(environment: Record<string, string> = {}): JobStage {
  const dir = mkdtempSync(join(tmpdir(), "vigilio-job-"));
  const db = testDatabase();
  const env = readEnv({ VIGILIO_DATA_DIR: dir, ...environment }, dir);
  makeFolders(env);
  return {
    ...{ dir, db, env },
    context: {
      ...{ db, env, services: connect(db, env), now: () => new Date(), log: logFor("test") },
      ...{ signal: new AbortController().signal, progress: () => {} },
    },
    file(relativePath, content = "x") {
      const path = join(dir, relativePath);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    download({ movieId, versionId, savePath, files }) {
      const id = randomId();
      db.insert(downloads)
        .values({
          ...{ id, movieId, versionId, savePath, files, tag: `vigilio-${id}`, name: "Film" },
          state: "seeding",
          addedAt: libraryStart,
          completedAt: libraryStart,
          updatedAt: libraryStart,
        })
        .run();
      return id;
    },
    [Symbol.dispose]() {
      db[Symbol.dispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
