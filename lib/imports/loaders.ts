import "server-only";
import { realpath } from "node:fs/promises";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, type Reason } from "@/lib/errors";
import { settingOf, settingSourcesOf } from "@/lib/settings/data";
import type { Page } from "@/lib/web/page-query";
import { pageLocale, reasonText } from "@/lib/web/words";
import { listScans, scanById, scanRows, scanViewOf } from "./data";
import { faultOfFolder } from "./folders";
import {
  type ImportFolder,
  type ScanRow,
  type ScanView,
  scanParams,
  scanRowsQuery,
} from "./schema";

async function say() {
  const locale = await pageLocale();
  return (reason: Reason) => reasonText(reason, locale);
}

/** The folders that films may be taken from, how they are, and what was last found in them. */
export async function loadImportFolders(): Promise<{
  folders: ImportFolder[];
  /** The environment sets them: they can't be changed on a page. */
  isOwned: boolean;
}> {
  await requireAdmin();
  const db = database();
  const words = await say();
  const scans = listScans(db, { page: 1, pageSize: 100 }, words).items;
  const folders = await Promise.all(
    settingOf(db, env(), "importDirs").map(async (path) => {
      const fault = await faultOfFolder(path);
      const real = await realpath(path).catch(() => path);
      const scan = scans.find(({ folder }) => folder === real) ?? null;
      return { path, detail: fault && words(fault), scan };
    }),
  );
  return { folders, isOwned: settingSourcesOf(db, env()).importDirs === "environment" };
}

/** A scan with a page of its rows; null when there is none of that id. */
export async function loadScan(
  id: string | undefined,
  query: { page?: unknown; group?: unknown },
): Promise<{ scan: ScanView; rows: Page<ScanRow>; group: string | null } | null> {
  await requireAdmin();
  if (!scanParams.safeParse({ id }).success || id === undefined) return null;
  const db = database();
  const words = await say();
  const { page, group } = scanRowsQuery.shape;
  const wanted = {
    page: page.catch(1).parse(query.page),
    group: group.catch(undefined).parse(query.group),
  };
  try {
    const scan = scanViewOf(db, scanById(db, id), words);
    const rows = scanRows(db, id, { ...wanted, pageSize: 50 }, words);
    return { scan, rows, group: wanted.group ?? null };
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return null;
    throw error;
  }
}
