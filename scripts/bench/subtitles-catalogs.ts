import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const localeFolder = "/usr/share/locale";

/**
 * Catalogs of packages that a Debian system with GTK has: enough running text in every language,
 * written by its speakers, and none of it in Vigilio's repository.
 */
export const catalogs: Record<string, string> = {
  "gtk30.mo": "libgtk-3-common",
  "glib20.mo": "libglib2.0-data",
  "PackageKit.mo": "packagekit",
  "software-properties.mo": "software-properties-common",
  "python-apt.mo": "python-apt-common",
  "libapt-pkg6.0.mo": "libapt-pkg6.0",
  "Linux-PAM.mo": "libpam-runtime",
  "shared-mime-info.mo": "shared-mime-info",
  "at-spi2-core.mo": "at-spi2-common",
  "gdk-pixbuf.mo": "libgdk-pixbuf2.0-common",
  "coreutils.mo": "coreutils",
  "grep.mo": "grep",
  "bash.mo": "bash",
  "dpkg.mo": "dpkg",
  "shadow.mo": "login",
};

/** Catalogs that were not looked at while the rules were weighed: what they show is not learnt by heart. */
export const otherCatalogs: Record<string, string> = {
  "gettext-tools.mo": "gettext",
  "gettext-runtime.mo": "gettext-base",
  "findutils.mo": "findutils",
  "sed.mo": "sed",
  "diffutils.mo": "diffutils",
  "tar.mo": "tar",
  "wget.mo": "wget",
  "xkeyboard-config.mo": "xkb-data",
  "gsettings-desktop-schemas.mo": "gsettings-desktop-schemas",
  "appstream.mo": "appstream",
  "gtk20.mo": "libgtk2.0-common",
  "make.mo": "make",
  "gnupg2.mo": "gnupg-l10n",
  "polkit-1.mo": "polkitd",
  "psmisc.mo": "psmisc",
  "apt.mo": "apt",
  "xz.mo": "xz-utils",
};

/** Originals and translations of a compiled catalog (GNU gettext, "The Format of GNU MO Files"). */
function readCatalog(path: string): [original: string, translation: string][] {
  const bytes = readFileSync(path);
  const isLittle = bytes.readUInt32LE(0) === 0x950412de;
  const number = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const text = (table: number, index: number) => {
    const length = number(table + index * 8);
    const from = number(table + index * 8 + 4);
    return bytes.toString("utf8", from, from + length);
  };
  const count = number(8);
  return Array.from({ length: count }, (_, index) => [
    text(number(12), index),
    text(number(16), index),
  ]);
}

/** A blank made visible, which an editor left in some translations; Catalan's l·l is none. */
const visibleBlank = /[^l]·|·[^l]/i;

/** What of a message could stand in a subtitle: words, without what programs put in between. */
function sentencesOf(translation: string): string[] {
  return translation
    .replaceAll(
      /%[-+ #0']*(?:\d+\$)?[\d.*]*(?:hh?|ll?|[jztL])?[a-zA-Z%]|%\([a-z_]+\)[sd]|<[^>]*>/g,
      "",
    )
    .replaceAll(/[_{}\\|]/g, "")
    .split(/\0|\n+/)
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line.length >= 4 && line.length <= 90 && !line.includes("-->"))
    .filter((line) => !visibleBlank.test(line));
}

/** Sentences of a language; empty where none of the packages is installed. */
export function catalogSentences(
  locales: readonly string[],
  from: Record<string, string> = catalogs,
): string[] {
  const sentences = new Set<string>();
  for (const path of locales.flatMap((locale) => catalogsOf(locale, from))) {
    const entries = readCatalog(path);
    // The header stands under the empty original. Old catalogs are in the encodings of their day.
    const header = entries.find(([original]) => original === "")?.[1] ?? "";
    if (!/charset=utf-8/i.test(header)) continue;
    for (const [original, translation] of entries) {
      if (original === "" || original === translation) continue;
      for (const sentence of sentencesOf(translation)) sentences.add(sentence.normalize("NFC"));
    }
  }
  return [...sentences];
}

function catalogsOf(locale: string, from: Record<string, string>): string[] {
  return Object.keys(from)
    .map((name) => join(localeFolder, locale, "LC_MESSAGES", name))
    .filter((path) => existsSync(path));
}

/** Packages whose catalogs are not there. */
export function missingPackages(locales: readonly string[]): string[] {
  const isThere = (name: string) =>
    locales.some((locale) => existsSync(join(localeFolder, locale, "LC_MESSAGES", name)));
  return Object.entries({ ...catalogs, ...otherCatalogs })
    .filter(([name]) => !isThere(name))
    .map(([, packageName]) => packageName);
}
