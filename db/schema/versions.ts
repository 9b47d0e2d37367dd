import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment, type StoredReason } from "./columns";
import { movies } from "./movies";

export const versionStatuses = ["downloading", "queued", "processing", "ready", "failed"] as const;
export type VersionStatus = (typeof versionStatuses)[number];

/** One file of a film that comes in several, in order. */
export interface StoredPart {
  /** Absolute, as Vigilio sees it. */
  path: string;
  sizeBytes: number;
  /** Where it begins in the joined film. */
  startSeconds: number;
}

/** One playable rendering of a movie. */
export const versions = sqliteTable(
  "versions",
  {
    id: idColumn(),
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    status: text("status", { enum: versionStatuses }).notNull(),
    reason: json<StoredReason>("reason"),
    /** Release or file name that it was made from: what subtitles are matched by. */
    releaseName: text("release_name"),
    sourceKind: text("source_kind", {
      enum: ["torrent", "import", "conversion", "smaller"],
    }).notNull(),
    /** The version that a conversion or a smaller one is made of; null once that one is deleted. */
    madeFromId: text("made_from_id").references((): AnySQLiteColumn => versions.id, {
      onDelete: "set null",
    }),
    /** Takes the place of the version that it is made of as soon as it can be played. */
    replaces: flag("replaces").notNull().default(false),
    /** Lines that a smaller version was asked to have. */
    targetHeight: integer("target_height"),
    /** Absolute path of the untouched original, as Vigilio sees it; null until it is known. */
    sourcePath: text("source_path"),
    sourceSizeBytes: integer("source_size_bytes"),
    /** All files of a film that comes in several, `sourcePath` first; null for a single one. */
    sourceParts: json<StoredPart[]>("source_parts"),
    importMode: text("import_mode", { enum: ["link", "copy", "move"] }),
    /** OSDb hash of the untouched original. */
    movieHash: text("movie_hash"),
    /** What is done to the file and why; parsed by lib/versions/schema.ts. */
    plan: json<unknown>("plan"),
    /** Folder in the media directory and the file's stem: 16 random hex digits each. */
    folder: text("folder").notNull().unique(),
    fileName: text("file_name").notNull().unique(),
    /** Stem of the file that another took the place of: whoever watches it can go on for a while. */
    retiredFileName: text("retired_file_name").unique(),
    width: integer("width"),
    height: integer("height"),
    durationSeconds: real("duration_seconds"),
    sizeBytes: integer("size_bytes"),
    container: text("container"),
    videoCodec: text("video_codec"),
    /** RFC 6381 codecs of the published file, for `canPlayType`. */
    codecs: text("codecs"),
    publishedAt: moment("published_at"),
    /** Folder of the pictures for the seek bar, below `preview/`; null while there are none. */
    previewSet: text("preview_set"),
    /** When they were made or could not be: they are made once. */
    previewTriedAt: moment("preview_tried_at"),
    /** When its chapters were read from the file or could not be: they are read once. */
    chaptersReadAt: moment("chapters_read_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("versions_movie").on(table.movieId),
    index("versions_made_from").on(table.madeFromId),
    // What sizes of whole libraries are added up from: a version's own row is long.
    index("versions_sizes").on(
      ...[table.movieId, table.id, table.status, table.sizeBytes],
      ...[table.sourceKind, table.publishedAt],
    ),
  ],
);

export const audioTracks = sqliteTable(
  "audio_tracks",
  {
    versionId: text("version_id")
      .notNull()
      .references(() => versions.id, { onDelete: "cascade" }),
    /** Position among the audio streams of the published file. */
    index: integer("index").notNull(),
    language: text("language"),
    title: text("title"),
    channels: integer("channels").notNull(),
    codec: text("codec").notNull(),
    isDefault: flag("is_default").notNull(),
    /** Made by Vigilio of another track: dialogue lifted, loud peaks held. */
    isClearVoice: flag("is_clear_voice").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.index] })],
);

/** Chapters of a published file, in order. */
export const chapters = sqliteTable(
  "chapters",
  {
    versionId: text("version_id")
      .notNull()
      .references(() => versions.id, { onDelete: "cascade" }),
    index: integer("index").notNull(),
    startSeconds: real("start_seconds").notNull(),
    endSeconds: real("end_seconds").notNull(),
    /** As it stands in the file; null when that says no more than a number. */
    title: text("title"),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.index] })],
);

export const downloadStates = [
  "queued",
  "metadata",
  "checking",
  "downloading",
  "stalled",
  "paused",
  "moving",
  "seeding",
  "failed",
] as const;
export type DownloadState = (typeof downloadStates)[number];

/** One file of a torrent, as qBittorrent lists it. */
export interface StoredTorrentFile {
  index: number;
  /** Relative to the save path, with `/`. */
  path: string;
  sizeBytes: number;
  /** `part`: what follows the feature where the film is cut into several files, in order. */
  role: "feature" | "part" | "subtitle" | "skipped";
}

/** A torrent that was stopped since the network interface that it may use is gone. */
export interface StoredInterfaceHold {
  name: string;
  /** It goes on whatever the queue's limits are. */
  wasForced: boolean;
}

/** A torrent with several films: those that may be meant, and the one that a person took. */
export interface StoredFileChoice {
  /** Indexes of files. */
  options: number[];
  chosen: number | null;
}

export const downloads = sqliteTable(
  "downloads",
  {
    id: idColumn(),
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    versionId: text("version_id")
      .notNull()
      .references(() => versions.id, { onDelete: "cascade" }),
    /** `vigilio-<id>`: what the torrent is followed by, since a hybrid's hash changes. */
    tag: text("tag").notNull().unique(),
    magnet: text("magnet"),
    torrentFile: blob("torrent_file", { mode: "buffer" }),
    infoHashV1: text("info_hash_v1"),
    infoHashV2: text("info_hash_v2"),
    /** What qBittorrent calls the torrent now; null until it has it. */
    clientHash: text("client_hash"),
    name: text("name").notNull(),
    state: text("state", { enum: downloadStates }).notNull(),
    reason: json<StoredReason>("reason"),
    progress: real("progress").notNull().default(0),
    sizeBytes: integer("size_bytes"),
    speedBytesPerSecond: integer("speed_bytes_per_second").notNull().default(0),
    etaSeconds: integer("eta_seconds"),
    seeds: integer("seeds").notNull().default(0),
    peers: integer("peers").notNull().default(0),
    ratio: real("ratio").notNull().default(0),
    /** Null until the list was looked at; data flows only after. */
    files: json<StoredTorrentFile[]>("files"),
    /** Null unless a person has to say which film is meant, or did. */
    fileChoice: json<StoredFileChoice>("file_choice"),
    /** Absolute folder as Vigilio sees it. */
    savePath: text("save_path"),
    /** Null unless it waits for a network interface; a person's pause is none. */
    interfaceHold: json<StoredInterfaceHold>("interface_hold"),
    /** Since when it asks in vain for its list of files; null while it does not. */
    metadataSince: moment("metadata_since"),
    /** Since when nobody who has all of it was seen and nothing came; null while that is not so. */
    seedlessSince: moment("seedless_since"),
    /** Since when it counts as dead (lib/downloads/dead.ts). */
    deadSince: moment("dead_since"),
    /** What is offered in its place; parsed by lib/downloads/schema.ts. */
    replacement: json<unknown>("replacement"),
    /** The download that goes as soon as qBittorrent has this one. */
    replacesId: text("replaces_id"),
    addedAt: moment("added_at").notNull(),
    startedAt: moment("started_at"),
    completedAt: moment("completed_at"),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("downloads_hash_v1").on(table.infoHashV1).where(sql`info_hash_v1 is not null`),
    uniqueIndex("downloads_hash_v2").on(table.infoHashV2).where(sql`info_hash_v2 is not null`),
    index("downloads_movie").on(table.movieId),
    index("downloads_version").on(table.versionId),
    index("downloads_updated").on(table.updatedAt),
  ],
);

/** Releases of a movie that were taken and then replaced, or could not be taken: not offered again. */
export const triedReleases = sqliteTable(
  "tried_releases",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    /** 40 or 64 digits; null where only the name is known. */
    infoHash: text("info_hash"),
    name: text("name"),
    /** Another was taken in its place: by itself, by a person, or (null) none was. */
    replacedBy: text("replaced_by", { enum: ["itself", "person"] }),
    at: moment("at").notNull(),
  },
  (table) => [index("tried_releases_movie").on(table.movieId)],
);

export const subtitleSources = ["upload", "embedded", "sidecar", "opensubtitles"] as const;

export const subtitles = sqliteTable(
  "subtitles",
  {
    id: idColumn(),
    versionId: text("version_id")
      .notNull()
      .references(() => versions.id, { onDelete: "cascade" }),
    /** BCP 47; `und` when it could not be told. */
    language: text("language").notNull(),
    label: text("label"),
    source: text("source", { enum: subtitleSources }).notNull(),
    /** Where within its source: stream index, relative path or OpenSubtitles file id. */
    sourceKey: text("source_key").notNull(),
    forced: flag("forced").notNull().default(false),
    hearingImpaired: flag("hearing_impaired").notNull().default(false),
    /** Made by a machine, as OpenSubtitles tells. */
    machineTranslated: flag("machine_translated").notNull().default(false),
    /** What the original bytes were read as. */
    encoding: text("encoding"),
    /** How sure the encoding is, 0 to 1; 1 when a person chose it. Null when it is not known. */
    encodingCertainty: real("encoding_certainty"),
    /** The video's pictures per second when it was read: some formats count pictures. */
    framesPerSecond: real("frames_per_second"),
    offsetMs: integer("offset_ms").notNull().default(0),
    /** How fast it runs against its own times; see lib/subtitles/timing.ts. */
    speed: real("speed").notNull().default(1),
    /** Bytes as they came, so that reading and cleaning can be done again; null when not kept. */
    original: blob("original", { mode: "buffer" }),
    /** Set when it cannot be used, with why (bitmaps for instance): no file exists then. */
    reason: json<StoredReason>("reason"),
    cueCount: integer("cue_count").notNull().default(0),
    /** A person took it or mended it: a search leaves it alone. */
    picked: flag("picked").notNull().default(false),
    /** A better one is being looked for: it is used until one is there. */
    replaceable: flag("replaceable").notNull().default(false),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("subtitles_source").on(table.versionId, table.source, table.sourceKey),
    index("subtitles_version").on(table.versionId),
    // Which languages a film can be read in, without a look at the texts themselves.
    index("subtitles_served")
      .on(table.versionId, table.language, table.reason, table.forced)
      .where(sql`reason is null and forced = 0`),
  ],
);

/** What OpenSubtitles was asked for, kept for ever: a download is charged, a repeat is free. */
export const subtitleDownloads = sqliteTable("subtitle_downloads", {
  fileId: integer("file_id").primaryKey(),
  content: blob("content", { mode: "buffer" }).notNull(),
  fetchedAt: moment("fetched_at").notNull(),
});

/** What a person removed of what OpenSubtitles has: no search takes it for that version again. */
export const dismissedSubtitles = sqliteTable(
  "dismissed_subtitles",
  {
    versionId: text("version_id")
      .notNull()
      .references(() => versions.id, { onDelete: "cascade" }),
    fileId: integer("file_id").notNull(),
    dismissedAt: moment("dismissed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.fileId] })],
);
