import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

/** Kept over runs, outside the project: making it takes half a minute and the network. */
const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "vigilio-tests");
const release = "trixie";

export interface QbittorrentBinary {
  /** For people: "4.5.2 (PATH)". */
  name: string;
  path: string;
}

const versionOf = (path: string): string =>
  /v?(\d+\.\d+\.\d+)/.exec(execFileSync(path, ["--version"]).toString())?.[1] ?? "?";

/**
 * The qbittorrent-nox of Debian 13 (5.1) beside that of this machine: taken from a root of that
 * Debian, which debootstrap makes once, and run with that root's own loader and libraries, so that
 * it sees the same files as everybody else.
 *
 * @returns its path, or why there is none.
 */
function fromDebian13(): { path: string } | { why: string } {
  const root = join(cacheDir, `${release}-qbittorrent`);
  const libraries = join(root, "usr/lib", `${machineOf(process.arch)}-linux-gnu`);
  const program = join(root, "usr/bin/qbittorrent-nox");
  if (!existsSync(program)) {
    const why = makeRoot(root);
    if (why) return { why };
  }
  const loader = readdirSync(libraries).find((name) => /^ld-linux.*\.so\.\d$/.test(name));
  if (!loader) return { why: `${libraries} has no loader` };
  const path = join(cacheDir, `${release}-qbittorrent-nox`);
  // Libraries that are private to a package lie in folders of their own.
  const search = [libraries, join(libraries, "libproxy")].join(":");
  writeFileSync(
    `${path}.new`,
    `#!/bin/sh
export QT_PLUGIN_PATH="${libraries}/qt6/plugins"
exec "${join(libraries, loader)}" --library-path "${search}" "${program}" "$@"
`,
  );
  chmodSync(`${path}.new`, 0o755);
  renameSync(`${path}.new`, path);
  return { path };
}

const machineOf = (arch: string) => (arch === "arm64" ? "aarch64" : "x86_64");

/** Null when it was made, else why it could not be. */
function makeRoot(root: string): string | null {
  if (process.getuid?.() !== 0) return "only root can make a root of another Debian";
  mkdirSync(cacheDir, { recursive: true });
  const part = `${root}.part`;
  rmSync(part, { recursive: true, force: true });
  try {
    execFileSync("debootstrap", ["--variant=minbase", "--include=qbittorrent-nox", release, part], {
      stdio: "pipe",
      timeout: 170_000,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "debootstrap is not installed (apt-get install debootstrap)";
    return `debootstrap failed: ${message.split("\n")[0]}`;
  }
  renameSync(part, root);
  return null;
}

/** Where a program lies; as it is when it is nowhere, so that starting it says so. */
function absolute(program: string): string {
  if (isAbsolute(program)) return program;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find(existsSync) ?? program;
}

/** Every version that the tests run with: this machine's, and the other of the two that people have. */
export function qbittorrentBinaries(): QbittorrentBinary[] {
  const own = absolute(process.env.QBITTORRENT_NOX_PATH || "qbittorrent-nox");
  const binaries = [{ name: `qBittorrent ${versionOf(own)}`, path: own }];
  const other = fromDebian13();
  if ("why" in other) {
    process.stderr.write(`SKIPPED: no tests with qBittorrent 5.1: ${other.why}\n`);
    return binaries;
  }
  const name = `qBittorrent ${versionOf(other.path)}`;
  if (name !== binaries[0]?.name) binaries.push({ name, path: other.path });
  return binaries;
}
