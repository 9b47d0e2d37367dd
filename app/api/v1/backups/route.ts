import { z } from "zod";
import { listBackups, toBackupView } from "@/lib/backups/data";
import { makeBackup } from "@/lib/backups/make";
import { backupPlaceOf } from "@/lib/backups/place";
import { saveBackupProblem } from "@/lib/backups/problem";
import { backupView } from "@/lib/backups/schema";
import { env } from "@/lib/env";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/backups",
    summary: "Backups of the database that are whole, the newest first",
    role: "admin",
    answers: { 200: z.object({ items: z.array(backupView) }) },
  },
  async () => ({ items: await listBackups(backupPlaceOf(env())) }),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/backups",
    summary: "Makes a backup of the database now",
    role: "admin",
    answers: { 201: backupView, 409: null, 503: null },
  },
  async ({ db, now }) => {
    const made = await makeBackup(db, { ...backupPlaceOf(env()), reason: "by-hand", now });
    saveBackupProblem(db, null, now);
    return toBackupView(made);
  },
);
