import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const flagText = z
  .enum(["true", "false", "1", "0", "yes", "no", "on", "off"])
  .transform((text) => ["true", "1", "yes", "on"].includes(text));

const httpAddress = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ""));

const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const absolutePath = z.string().regex(/^\//);

/** `/remote/path=/local/path`, comma separated. */
const pathMap = commaList.pipe(
  z.array(
    z
      .string()
      .regex(/^\/[^=]*=\/[^=]*$/)
      .transform((pair) => {
        const [remote = "", local = ""] = pair.split("=").map((path) => path.replace(/\/+$/, ""));
        return { remote, local };
      }),
  ),
);

const languageList = commaList.pipe(z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$/)));

interface Variable {
  schema: z.ZodType;
  allowed: string;
  secret?: boolean;
}

/** Every variable of the environment that Vigilio reads, what it may hold, and how that is said. */
export const variables = {
  PORT: { schema: z.coerce.number().int().min(1).max(65_535), allowed: "a port, 1 to 65535" },
  HOST: { schema: z.string(), allowed: "an address to listen on, such as 0.0.0.0 or 127.0.0.1" },
  VIGILIO_DATA_DIR: { schema: z.string(), allowed: "a folder" },
  VIGILIO_MEDIA_DIR: { schema: z.string(), allowed: "a folder" },
  VIGILIO_DOWNLOADS_DIR: { schema: z.string(), allowed: "a folder" },
  VIGILIO_IMPORT_DIRS: {
    schema: commaList.pipe(z.array(absolutePath)),
    allowed: "absolute folders, comma separated",
  },
  VIGILIO_SECRET: { schema: z.string().min(32), allowed: "32 characters or more", secret: true },
  VIGILIO_URL: { schema: httpAddress, allowed: "an http or https address" },
  VIGILIO_TRUST_PROXY: { schema: flagText, allowed: "true or false" },
  VIGILIO_ADMIN_USERNAME: {
    schema: z.string().regex(/^[\p{L}\p{N}._@-]{1,40}$/u),
    allowed: "1 to 40 letters, digits, dots, dashes, underscores or @",
  },
  VIGILIO_ADMIN_PASSWORD: {
    schema: z.string().min(8).max(200),
    allowed: "8 to 200 characters",
    secret: true,
  },
  VIGILIO_API_TOKEN: { schema: z.string().min(32), allowed: "32 characters or more", secret: true },
  QBITTORRENT_URL: { schema: httpAddress, allowed: "an http or https address" },
  QBITTORRENT_USERNAME: { schema: z.string(), allowed: "a name" },
  QBITTORRENT_PASSWORD: { schema: z.string(), allowed: "a password", secret: true },
  QBITTORRENT_PATH_MAP: {
    schema: pathMap,
    allowed: "pairs /remote/path=/local/path, comma separated",
  },
  QBITTORRENT_NOX_PATH: { schema: z.string(), allowed: "the path of qbittorrent-nox" },
  FFMPEG_PATH: { schema: z.string(), allowed: "the path of ffmpeg" },
  FFPROBE_PATH: { schema: z.string(), allowed: "the path of ffprobe" },
  TMDB_API_KEY: {
    schema: z
      .string()
      .trim()
      .regex(/^([0-9a-f]{32}|[\w-]+\.[\w-]+\.[\w-]+)$/i),
    allowed: "a v3 key (32 hexadecimal digits) or a v4 read access token",
    secret: true,
  },
  TMDB_API_URL: { schema: httpAddress, allowed: "an http or https address" },
  TMDB_IMAGE_URL: { schema: httpAddress, allowed: "an http or https address" },
  OPENSUBTITLES_API_KEY: { schema: z.string().trim(), allowed: "an API key", secret: true },
  OPENSUBTITLES_USERNAME: { schema: z.string(), allowed: "a user name (not an e-mail address)" },
  OPENSUBTITLES_PASSWORD: { schema: z.string(), allowed: "a password", secret: true },
  OPENSUBTITLES_API_URL: { schema: httpAddress, allowed: "an http or https address" },
  SUBTITLE_LANGUAGES: {
    schema: languageList,
    allowed: "language codes such as en, tr, pt-BR, comma separated",
  },
  DELETE_ORIGINAL_FILES: { schema: flagText, allowed: "true or false" },
  VIGILIO_SERVICE_WORKER: { schema: flagText, allowed: "true or false" },
  DEMO: { schema: flagText, allowed: "true or false" },
  LOG_LEVEL: {
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
    allowed: "fatal, error, warn, info, debug, trace or silent",
  },
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
type Values = { [Name in VariableName]?: z.output<(typeof variables)[Name]["schema"]> };

export interface Env {
  /** What the environment sets, parsed; what it does not set is absent. */
  values: Values;
  port: number;
  host: string;
  dataDir: string;
  mediaDir: string;
  downloadsDir: string;
  imagesDir: string;
  backupsDir: string;
  databasePath: string;
  /** Misspelt names and the like: said once at the start. */
  warnings: string[];
}

/** The environment holds something that cannot be used. The message is for people, line by line. */
export class EnvironmentError extends Error {}

/**
 * Reads the environment. An empty value counts as not set.
 *
 * @param root the project's folder: relative paths start there.
 * @throws EnvironmentError with a line per malformed variable: its name, what was given (never a
 *   secret) and what is allowed.
 */
export function readEnv(source: Record<string, string | undefined>, root: string): Env {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const given = source[name];
    if (given === undefined || given.trim() === "") continue;
    const parsed = variable.schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else {
      const shown = variable.secret ? "a value that is kept secret" : `"${given}"`;
      faults.push(`${name} is ${shown}, but has to be ${variable.allowed}.`);
    }
  }
  if (faults.length > 0) throw new EnvironmentError(faults.join("\n"));

  const set = values as Values;
  const dataDir = resolve(root, set.VIGILIO_DATA_DIR ?? "data");
  return {
    values: set,
    port: set.PORT ?? 3000,
    host: set.HOST ?? "0.0.0.0",
    dataDir,
    mediaDir: resolve(root, set.VIGILIO_MEDIA_DIR ?? join(dataDir, "media")),
    downloadsDir: resolve(root, set.VIGILIO_DOWNLOADS_DIR ?? join(dataDir, "downloads")),
    imagesDir: join(dataDir, "images"),
    backupsDir: join(dataDir, "backups"),
    databasePath: join(dataDir, "vigilio.db"),
    warnings: Object.keys(source)
      .filter((name) => name.startsWith("VIGILIO_") && !(name in variables))
      .map((name) => `${name} is set, but Vigilio knows no variable of that name: is it misspelt?`),
  };
}

const holder = globalThis as typeof globalThis & { vigilioEnv?: Env };

/** The environment of this process, read once. */
export function env(): Env {
  holder.vigilioEnv ??= readEnv(process.env, process.cwd());
  return holder.vigilioEnv;
}

/** Makes the folders that Vigilio writes to. */
export function makeFolders(of: Env): void {
  for (const dir of [of.dataDir, of.mediaDir, of.downloadsDir, of.imagesDir, of.backupsDir]) {
    mkdirSync(dir, { recursive: true });
  }
}
