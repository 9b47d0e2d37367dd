import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a file has to become: a film that plays, or a refusal because there is none to play. */
export type Expectation = "film" | "no-film" | "unreadable";

export interface Sample {
  /** Its name in the folder `video`. */
  file: string;
  expectation: Expectation;
}

/** The columns of video.tsv that are used, by the names in its first line. */
const columns = { file: "file", expected: "expected" };

const beginnings: [string, Expectation][] = [
  ["video ", "film"],
  ["no video stream", "no-film"],
  ["probe fails", "unreadable"],
];

/**
 * Reads what is expected of each file of a folder of samples: `video.tsv` beside `video/`.
 *
 * @throws Error when a column is missing, or an expectation begins in no known way.
 */
export function readSheet(folder: string): Sample[] {
  const [head = "", ...lines] = readFileSync(join(folder, "video.tsv"), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const names = head.split("\t");
  const [fileAt, expectedAt] = [names.indexOf(columns.file), names.indexOf(columns.expected)];
  if (fileAt < 0 || expectedAt < 0) {
    throw new Error(`video.tsv needs the columns ${Object.values(columns).join(" and ")}.`);
  }
  return lines.map((line) => {
    const cells = line.split("\t");
    const [file = "", expected = ""] = [cells[fileAt], cells[expectedAt]];
    const found = beginnings.find(([beginning]) => expected.startsWith(beginning));
    if (!found) throw new Error(`What is expected of ${file}? It says: ${expected}`);
    return { file, expectation: found[1] };
  });
}

/** False where nobody has put samples. */
export function hasSamples(folder: string): boolean {
  return existsSync(join(folder, "video.tsv"));
}
