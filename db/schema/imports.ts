import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment, type StoredReason } from "./columns";
import { users } from "./people";
import { versions } from "./versions";

export const scanStatuses = ["walking", "matching", "done", "failed"] as const;
export type ScanStatus = (typeof scanStatuses)[number];

/** What ended a scan before the folder was through. */
export const scanLimits = ["depth", "files", "time"] as const;

/**
 * `pending`: TMDB is still to be asked; `unasked`: it could not be; `sure`: title and year are one
 * film's; `unsure`: the best guess; `chosen`: a person said so.
 */
export const matchKinds = ["pending", "unasked", "sure", "unsure", "none", "chosen"] as const;

/** `asked`: a person wants it, and it is about to be taken; `taken`: it is a version now. */
export const importStates = ["open", "asked", "taken", "refused"] as const;

/** What a scan left out, counted. */
export interface StoredSkips {
  extras: number;
  episodes: number;
  incomplete: number;
  discs: number;
  links: number;
  unreadable: number;
}

/** One file as it was when it was scanned: it is taken only while it is the same. */
export interface StoredImportPart {
  /** Below the scan's folder, with `/`. */
  path: string;
  sizeBytes: number;
  /** Device and inode: the same file, whatever it is called. */
  identity: string;
  modifiedMs: number;
}

/** A look through an import folder. */
export const importScans = sqliteTable(
  "import_scans",
  {
    id: idColumn(),
    /** Absolute, with all links resolved. */
    folder: text("folder").notNull(),
    status: text("status", { enum: scanStatuses }).notNull(),
    /** Why it failed, or why TMDB was not asked for all of it. */
    reason: json<StoredReason>("reason"),
    foldersSeen: integer("folders_seen").notNull().default(0),
    filesSeen: integer("files_seen").notNull().default(0),
    skips: json<StoredSkips>("skips"),
    cutBy: text("cut_by", { enum: scanLimits }),
    /** When all its files were written down; null while they are not. */
    walkedAt: moment("walked_at"),
    /** Who began it, or who chose from it last: films that are taken are theirs. */
    startedBy: text("started_by").references(() => users.id, { onDelete: "set null" }),
    startedAt: moment("started_at").notNull(),
    finishedAt: moment("finished_at"),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [index("import_scans_folder").on(table.folder, table.startedAt)],
);

/** A film that a scan found: one file, or the parts of one. */
export const importFiles = sqliteTable(
  "import_files",
  {
    id: idColumn(),
    scanId: text("scan_id")
      .notNull()
      .references(() => importScans.id, { onDelete: "cascade" }),
    parts: json<StoredImportPart[]>("parts").notNull(),
    /** The first part's path: what lists sort by. */
    name: text("name").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    subtitleCount: integer("subtitle_count").notNull(),
    title: text("title").notNull(),
    year: integer("year"),
    /** Lines of the picture as the name says: 2160, 1080, 720, 480. */
    resolution: integer("resolution"),
    /** It was not there when the folder was scanned before. */
    isNew: flag("is_new").notNull().default(false),
    matchKind: text("match_kind", { enum: matchKinds }).notNull(),
    tmdbId: integer("tmdb_id"),
    imdbId: text("imdb_id"),
    matchTitle: text("match_title"),
    matchYear: integer("match_year"),
    /** TMDB's path of the poster. */
    posterPath: text("poster_path"),
    state: text("state", { enum: importStates }).notNull().default("open"),
    mode: text("mode", { enum: ["link", "copy", "move"] }),
    /** Why it was refused. */
    reason: json<StoredReason>("reason"),
    /** What it is in the library: already, or since it was taken. */
    versionId: text("version_id").references(() => versions.id, { onDelete: "set null" }),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("import_files_scan").on(table.scanId, table.name),
    index("import_files_version").on(table.versionId).where(sql`version_id is not null`),
  ],
);
