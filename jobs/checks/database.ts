import { statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { lastNightlyAt } from "@/lib/backups/data";
import { backupProblemOf } from "@/lib/backups/problem";
import { checkBackup, checkDatabase } from "@/lib/checks/database";
import type { Look } from "./context";

/** Kinds of disks that lie on another machine, as statfs(2) numbers them. */
const networkDisks: Record<number, string> = {
  26985: "NFS",
  20859: "SMB",
  4283649346: "CIFS",
  4266872130: "SMB",
  16914839: "9p",
};

/** A larger one is not read from end to end while others wait for it. */
const mostCheckedBytes = 256 * 1024 ** 2;
/** No night may have passed. */
const newForMs = 36 * 3_600_000;

/** Looks the database through, and for its newest copy. */
export const lookAtDatabase: Look = async ({ db, env, now }) => {
  const startedAt = performance.now();
  const { size: sizeBytes, birthtimeMs } = statSync(env.databasePath);
  const verdict =
    sizeBytes <= mostCheckedBytes
      ? String(db.$client.pragma("quick_check(1)", { simple: true }))
      : "ok";
  const elapsedMs = performance.now() - startedAt;
  const { type } = await statfs(env.dataDir);
  return [
    checkDatabase({
      sizeBytes,
      elapsedMs,
      fault: verdict === "ok" ? null : verdict,
      networkDisk: networkDisks[type] ?? null,
    }),
    checkBackup({
      lastAt: lastNightlyAt(env.backupsDir),
      problem: backupProblemOf(db)?.reason ?? null,
      isNew: now().getTime() - birthtimeMs < newForMs,
      now: now(),
    }),
  ];
};
