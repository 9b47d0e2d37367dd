import { z } from "zod";
import { kibibytesPerSecond, speedWindow } from "@/lib/downloads/schema";
import type { VariableName } from "@/lib/env";

/** One thing that can be set: by the environment, by a person, or left at its default. */
interface Definition<Schema extends z.ZodType = z.ZodType> {
  /** Of the value, however it came. */
  schema: Schema;
  default: z.output<Schema>;
  /** Variable of the environment that owns it when it is set. */
  variable?: VariableName;
  /** Never shown, only whether it is set. */
  secret?: true;
  /** Takes effect at the next start. */
  needsRestart?: true;
  /**
   * Not to be changed through pages or the API: paths and commands would give whoever has an
   * admin's token the machine itself, and demo mode could not be left again.
   */
  readOnly?: true;
}

function define<Schema extends z.ZodType>(definition: Definition<Schema>): Definition<Schema> {
  return definition;
}

const text = z.string().trim().min(1).max(500).nullable();
const httpAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .transform((address) => address.replace(/\/+$/, ""));
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$/, "language-code-malformed");

/** x264's presets that make sense for films on a home server. */
export const encoderPresets = [
  ...(["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"] as const),
] as const;

/** Everything that can be set. Names and shapes are the API's: they grow, and never change. */
export const settingDefinitions = {
  tmdbApiKey: define({
    schema: z
      .string()
      .trim()
      .regex(/^([0-9a-f]{32}|[\w-]+\.[\w-]+\.[\w-]+)$/i, "tmdb-key-malformed")
      .max(1000)
      .nullable(),
    default: null,
    variable: "TMDB_API_KEY",
    secret: true,
  }),
  tmdbApiUrl: define({
    schema: httpAddress,
    default: "https://api.themoviedb.org/3",
    variable: "TMDB_API_URL",
  }),
  tmdbImageUrl: define({
    schema: httpAddress,
    default: "https://image.tmdb.org/t/p",
    variable: "TMDB_IMAGE_URL",
  }),
  /** Language of titles and stories; English stands behind it. */
  metadataLanguage: define({ schema: language, default: "en" }),
  openSubtitlesApiKey: define({
    schema: text,
    default: null,
    variable: "OPENSUBTITLES_API_KEY",
    secret: true,
  }),
  openSubtitlesUsername: define({
    schema: text,
    default: null,
    variable: "OPENSUBTITLES_USERNAME",
  }),
  openSubtitlesPassword: define({
    schema: text,
    default: null,
    variable: "OPENSUBTITLES_PASSWORD",
    secret: true,
  }),
  openSubtitlesApiUrl: define({
    schema: httpAddress,
    default: "https://api.opensubtitles.com/api/v1",
    variable: "OPENSUBTITLES_API_URL",
  }),
  /** In order of preference. */
  subtitleLanguages: define({
    schema: z.array(language).max(20),
    default: [],
    variable: "SUBTITLE_LANGUAGES",
  }),
  /** How many OpenSubtitles is asked for in each language, those from the film counted. */
  subtitlesPerLanguage: define({ schema: z.number().int().min(1).max(5), default: 1 }),
  deleteOriginalFiles: define({
    schema: z.boolean(),
    default: false,
    variable: "DELETE_ORIGINAL_FILES",
  }),
  /** HEVC and AV1, which only some browsers show: H.264 in their place, nothing, or H.264 beside. */
  modernCodecs: define({ schema: z.enum(["convert", "keep", "both"]), default: "convert" }),
  /** x264's constant rate factor of a converted picture: lower is better and larger. */
  pictureQuality: define({ schema: z.number().int().min(16).max(28), default: 20 }),
  /** How much work x264 puts into making the file smaller; see docs/decisions/conversion.md. */
  encoderPreset: define({ schema: z.enum(encoderPresets), default: "veryfast" }),
  /** Larger pictures are made this high (in the 16:9 frame that they lie in); null: never. */
  greatestHeight: define({
    schema: z.number().int().min(240).max(2160).nullable(),
    default: null,
  }),
  /** Null: bounded by the machine, see jobs/plan-options.ts. */
  encoderThreads: define({ schema: z.number().int().min(1).max(64).nullable(), default: null }),
  hardwareEncoding: define({ schema: z.enum(["auto", "off"]), default: "auto" }),
  keepSurround: define({ schema: z.boolean(), default: true }),
  clearVoice: define({ schema: z.boolean(), default: false }),
  /** Null: Vigilio runs its own. */
  qbittorrentUrl: define({
    schema: httpAddress.nullable(),
    default: null,
    variable: "QBITTORRENT_URL",
    needsRestart: true,
  }),
  qbittorrentUsername: define({ schema: text, default: null, variable: "QBITTORRENT_USERNAME" }),
  qbittorrentPassword: define({
    schema: text,
    default: null,
    variable: "QBITTORRENT_PASSWORD",
    secret: true,
  }),
  qbittorrentPathMap: define({
    schema: z
      .array(z.object({ remote: z.string().regex(/^\//), local: z.string().regex(/^\//) }))
      .max(20),
    default: [],
    variable: "QBITTORRENT_PATH_MAP",
  }),
  /** A torrent stops seeding at the first limit that it reaches; null: never by that one. */
  seedRatioLimit: define({ schema: z.number().min(0).max(9999).nullable(), default: 2 }),
  seedDaysLimit: define({ schema: z.number().min(0).max(3650).nullable(), default: 7 }),
  downloadKibibytesPerSecond: define({ schema: kibibytesPerSecond, default: null }),
  uploadKibibytesPerSecond: define({ schema: kibibytesPerSecond, default: null }),
  /** Where several cover a moment, the first of them holds. */
  speedWindows: define({ schema: z.array(speedWindow).max(20), default: [] }),
  /** Null: left to qBittorrent. Only of Vigilio's own. */
  bittorrentPort: define({
    schema: z.number().int().min(1024).max(65_535).nullable(),
    default: null,
  }),
  /** Null: any. Otherwise nothing leaves beside it. Only of Vigilio's own qBittorrent. */
  bittorrentInterface: define({
    schema: z
      .string()
      .regex(/^[\w.:-]{1,64}$/)
      .nullable(),
    default: null,
  }),
  /** After so long without a list of files, or without anybody who has all of it, a release is dead. */
  deadMetadataMinutes: define({
    schema: z.number().min(0.1).max(10_080).nullable(),
    default: 10,
  }),
  deadNoSeedsHours: define({ schema: z.number().min(0.1).max(8760).nullable(), default: 2 }),
  /** Takes the next best release in a dead one's place without asking. */
  replaceDeadReleases: define({ schema: z.boolean(), default: false }),
  /** What is offered first among the releases that a search finds; see lib/sources/rank.ts. */
  searchGreatestHeight: define({
    schema: z.literal([2160, 1080, 720, 480]).nullable(),
    default: 1080,
  }),
  searchGreatestGigabytes: define({
    schema: z.number().min(0.1).max(1000).nullable(),
    default: null,
  }),
  searchLanguages: define({ schema: z.array(language).max(20), default: [] }),
  searchAvoidedCodecs: define({
    schema: z.array(z.enum(["h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2", "vc1"])).max(7),
    default: [],
  }),
  /** How many days what is deleted on pages can be brought back; 0: not at all. */
  binDays: define({ schema: z.number().int().min(0).max(365), default: 7 }),
  /** Whether members may ask the sources what they have. */
  membersMaySearch: define({ schema: z.boolean(), default: true }),
  membersMayAdd: define({ schema: z.boolean(), default: false }),
  /** Chosen sources at /gallery, for anybody; see docs/gallery-format.md. */
  galleryPublished: define({ schema: z.boolean(), default: false }),
  /** Null: called a gallery, and nothing more. */
  galleryName: define({ schema: z.string().trim().min(1).max(100).nullable(), default: null }),
  /** A page for visitors who are not signed in, instead of sign-in. */
  landingPage: define({ schema: z.boolean(), default: false }),
  demo: define({ schema: z.boolean(), default: false, variable: "DEMO", readOnly: true }),

  port: define({
    schema: z.number().int(),
    default: 3000,
    variable: "PORT",
    needsRestart: true,
    readOnly: true,
  }),
  host: define({
    schema: z.string(),
    default: "0.0.0.0",
    variable: "HOST",
    needsRestart: true,
    readOnly: true,
  }),
  dataDir: define({ schema: text, default: null, variable: "VIGILIO_DATA_DIR", readOnly: true }),
  mediaDir: define({ schema: text, default: null, variable: "VIGILIO_MEDIA_DIR", readOnly: true }),
  downloadsDir: define({
    schema: text,
    default: null,
    variable: "VIGILIO_DOWNLOADS_DIR",
    readOnly: true,
  }),
  /** Folders that films may be taken from; lib/imports/folders.ts says which may be saved. */
  importDirs: define({
    schema: z.array(z.string().trim().min(1).max(4096)).max(20),
    default: [],
    variable: "VIGILIO_IMPORT_DIRS",
  }),
  secret: define({
    schema: text,
    default: null,
    variable: "VIGILIO_SECRET",
    secret: true,
    readOnly: true,
  }),
  publicUrl: define({ schema: text, default: null, variable: "VIGILIO_URL", readOnly: true }),
  trustProxy: define({
    schema: z.boolean(),
    default: false,
    variable: "VIGILIO_TRUST_PROXY",
    readOnly: true,
  }),
  adminUsername: define({
    schema: text,
    default: null,
    variable: "VIGILIO_ADMIN_USERNAME",
    readOnly: true,
  }),
  adminPassword: define({
    schema: text,
    default: null,
    variable: "VIGILIO_ADMIN_PASSWORD",
    secret: true,
    readOnly: true,
  }),
  apiToken: define({
    schema: text,
    default: null,
    variable: "VIGILIO_API_TOKEN",
    secret: true,
    readOnly: true,
  }),
  qbittorrentNoxPath: define({
    schema: text,
    default: null,
    variable: "QBITTORRENT_NOX_PATH",
    readOnly: true,
  }),
  ffmpegPath: define({ schema: text, default: null, variable: "FFMPEG_PATH", readOnly: true }),
  ffprobePath: define({ schema: text, default: null, variable: "FFPROBE_PATH", readOnly: true }),
  serviceWorker: define({
    schema: z.boolean(),
    default: true,
    variable: "VIGILIO_SERVICE_WORKER",
    readOnly: true,
  }),
  logLevel: define({ schema: z.string(), default: "info", variable: "LOG_LEVEL", readOnly: true }),
};

export type SettingKey = keyof typeof settingDefinitions;

/** Effective values, by key. */
export type Settings = {
  [Key in SettingKey]: z.output<(typeof settingDefinitions)[Key]["schema"]>;
};

export const settingKeys = Object.keys(settingDefinitions) as SettingKey[];

/** The definition of a key, with what all have in common. */
export function settingDefinition(key: SettingKey): Definition {
  return settingDefinitions[key] as Definition;
}

const settingSources = ["environment", "saved", "default"] as const;
export type SettingSource = (typeof settingSources)[number];

/** One setting as the API and the page show it. */
export const settingItem = z.object({
  key: z.string(),
  /** Absent for a secret. */
  value: z.unknown().optional(),
  /** For a secret alone. */
  isSet: z.boolean().optional(),
  source: z.enum(settingSources),
  needsRestart: z.boolean(),
  /** False where only the environment decides. */
  editable: z.boolean(),
  variable: z.string().nullable(),
});
export type SettingItem = z.output<typeof settingItem>;

/** Values to save, by key; null goes back to the default. */
export const settingsPatch = z
  .record(z.string(), z.unknown())
  .refine((patch) => Object.keys(patch).length > 0, "field-required");

/** Set when a service could not be asked and the person wants to go on anyway. */
const unchecked = z.string().optional();

export const tmdbKeyForm = z.object({
  tmdbApiKey: settingDefinitions.tmdbApiKey.schema.unwrap(),
  unchecked,
});

/** A field that was left empty is null; one that is not there (the environment's) stays as it is. */
const blankIsNull = z
  .string()
  .max(500)
  .transform((given) => given.trim() || null)
  .optional();

/** Of secrets, an empty field means that the saved one stays. */
export const openSubtitlesAccount = z.object({
  openSubtitlesApiKey: blankIsNull,
  openSubtitlesUsername: blankIsNull,
  openSubtitlesPassword: blankIsNull,
  unchecked,
});

const partsOf = (line: string) => line.split("=").map((path) => path.trim());

/** `/remote/path=/local/path`, one pair a line. */
const pathMapText = z
  .string()
  .max(10_000)
  .transform((given, context) => {
    const lines = given.split(/[\n,]/).map((line) => line.trim());
    const pairs = lines.filter((line) => line !== "").map(partsOf);
    const isPair = (pair: string[]) => pair.length === 2 && pair.every((path) => /^\//.test(path));
    if (pairs.length > 20 || !pairs.every(isPair)) {
      context.addIssue({ code: "custom", message: "path-map-malformed" });
      return z.NEVER;
    }
    const trimmed = (path: string | undefined) => (path ?? "").replace(/\/+$/, "");
    return pairs.map(([remote, local]) => ({ remote: trimmed(remote), local: trimmed(local) }));
  });

export const qbittorrentAccess = z.object({
  /** Empty: Vigilio runs its own. */
  qbittorrentUrl: z
    .union([z.literal("").transform(() => null), httpAddress], "address-malformed")
    .optional(),
  qbittorrentUsername: blankIsNull,
  qbittorrentPassword: blankIsNull,
  qbittorrentPathMap: pathMapText.optional(),
  unchecked,
});
