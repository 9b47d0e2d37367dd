import type { Check } from "./schema";
import { quoted } from "./shell-text";

export interface FileFacts {
  path: string;
  /** Permission bits. */
  mode: number;
}

/** Bits by which others than the owner may read or change a file. */
const othersBits = 0o077;

/** Whether others on this machine may read what holds keys, and everybody's history. */
export function checkFiles(files: readonly FileFacts[]): Check {
  const about = { area: "security", name: "files" } as const;
  const open = files.filter(({ mode }) => (mode & othersBits) !== 0);
  const first = open[0];
  if (!first) {
    return { ...about, state: "fine", told: "files-fine", values: { count: files.length } };
  }
  const values = {
    count: open.length,
    path: first.path,
    mode: (first.mode & 0o777).toString(8).padStart(3, "0"),
  };
  const command = `chmod 600 ${open.map(({ path }) => quoted(path)).join(" ")}`;
  return { ...about, state: "look", told: "files-open", values, command, mend: "file-modes" };
}
