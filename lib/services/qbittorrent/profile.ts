import { pbkdf2, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Sections of qBittorrent.conf: name, then key, then value as it stands in the file. */
export type ProfileSettings = Record<string, Record<string, string>>;

/** Where qBittorrent, started with `--profile=<dir>`, keeps its settings. */
export function configPathOf(profileDir: string): string {
  return join(profileDir, "qBittorrent", "config", "qBittorrent.conf");
}

/** What a profile starts with; a person may change it later, so it is written once. */
const firstSettings: ProfileSettings = {
  BitTorrent: {
    // Five at a time, and what is slow (a magnet without peers) holds nobody up.
    "Session\\QueueingSystemEnabled": "true",
    "Session\\MaxActiveDownloads": "5",
    "Session\\MaxActiveUploads": "-1",
    "Session\\MaxActiveTorrents": "-1",
    "Session\\IgnoreSlowTorrentsForQueueing": "true",
  },
};

/** What Vigilio relies on: written before every start. */
function fixedSettings(options: {
  port: number;
  username: string;
  passwordHash: string;
  downloadsDir: string;
}): ProfileSettings {
  return {
    LegalNotice: { Accepted: "true" },
    BitTorrent: {
      "Session\\DefaultSavePath": quoted(options.downloadsDir),
      "Session\\TempPathEnabled": "false",
      "Session\\DisableAutoTMMByDefault": "true",
    },
    Preferences: {
      // Why a torrent failed is read from the log, whose words we know in English.
      "General\\Locale": "en",
      // Would fetch a database of addresses from a stranger's server at every start.
      "Connection\\ResolvePeerCountries": "false",
      "WebUI\\Enabled": "true",
      "WebUI\\Address": "127.0.0.1",
      "WebUI\\Port": String(options.port),
      "WebUI\\Username": options.username,
      "WebUI\\Password_PBKDF2": `"@ByteArray(${options.passwordHash})"`,
      "WebUI\\LocalHostAuth": "true",
      "WebUI\\AuthSubnetWhitelistEnabled": "false",
      "WebUI\\HTTPS\\Enabled": "false",
      "WebUI\\UseUPnP": "false",
      // The password has 256 random bits: a ban could only lock Vigilio itself out, since every
      // program on this machine comes from the same address.
      "WebUI\\MaxAuthenticationFailCount": "0",
    },
  };
}

/**
 * Writes the settings of a managed qBittorrent, keeping every other line that it or a person put
 * there. The file appears by rename, readable by its owner alone. It must not run meanwhile: it
 * writes the file itself when it ends.
 *
 * @param extra more settings for a profile that is new.
 */
export async function writeProfile(options: {
  profileDir: string;
  downloadsDir: string;
  port: number;
  username: string;
  password: string;
  extra?: ProfileSettings | undefined;
}): Promise<void> {
  const path = configPathOf(options.profileDir);
  await mkdir(options.profileDir, { recursive: true, mode: 0o700 });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  const fixed = fixedSettings({ ...options, passwordHash: await hashPassword(options.password) });
  const layers = before === null ? [firstSettings, options.extra ?? {}, fixed] : [fixed];
  const text = layers.reduce(setInConfig, before ?? "");
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/**
 * Sets keys in the text of qBittorrent.conf (Qt's INI form), leaving all else as it is.
 * Section and key are written as given; a key that stands there twice is set once.
 */
export function setInConfig(text: string, settings: ProfileSettings): string {
  const sections: { header: string | null; lines: string[] }[] = [{ header: null, lines: [] }];
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[(.+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) sections.push({ header, lines: [] });
    else if (line.trim() !== "") sections.at(-1)?.lines.push(line);
  }
  for (const [header, entries] of Object.entries(settings)) {
    let section = sections.find((one) => one.header === header);
    if (!section) {
      section = { header, lines: [] };
      sections.push(section);
    }
    const keyOf = (line: string) => line.slice(0, line.indexOf("="));
    section.lines = section.lines.filter((line) => !(keyOf(line) in entries));
    section.lines.push(...Object.entries(entries).map(([key, value]) => `${key}=${value}`));
  }
  return sections
    .filter(({ header, lines }) => header !== null || lines.length > 0)
    .flatMap(({ header, lines }) => [...(header === null ? [] : [`[${header}]`]), ...lines, ""])
    .join("\n");
}

/**
 * A text as Qt reads it back (QSettings' INI form): in quotes, and beyond ASCII as `\x` with hex
 * digits, after which a digit is escaped too since it would be read as one more of them.
 */
export function quoted(text: string): string {
  let escaped = "";
  let afterHex = false;
  for (const unit of text.split("")) {
    const code = unit.charCodeAt(0);
    const asHex: boolean = code < 0x20 || code > 0x7e || (afterHex && /[0-9a-f]/i.test(unit));
    if (asHex) escaped += `\\x${code.toString(16)}`;
    else escaped += unit === '"' || unit === "\\" ? `\\${unit}` : unit;
    afterHex = asHex;
  }
  return `"${escaped}"`;
}

/**
 * qBittorrent's form of a password: salt and key in base64, PBKDF2-HMAC-SHA512 with 100,000
 * rounds, 16 and 64 bytes.
 */
async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await promisify(pbkdf2)(password, salt, 100_000, 64, "sha512");
  return `${salt.toString("base64")}:${key.toString("base64")}`;
}
