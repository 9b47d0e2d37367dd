import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = join(fileURLToPath(new URL("../..", import.meta.url)), "docs", "benchmarks.md");

export interface Row {
  what: string;
  /** One per column of the table, in their order. */
  values: string[];
  /** Absent: a figure that is told, and held against nothing. */
  target?: { words: string; isMet: boolean } | undefined;
}

export interface Report {
  /** Heading of its section: a section of that name is replaced. */
  title: string;
  /** Sentences above the table: what was done. */
  method: string;
  /** Headings of the values. */
  columns: string[];
  rows: Row[];
  /** Sentences below the table. */
  notes: string[];
}

/** Prints a report and puts it into docs/benchmarks.md. @returns whether every target was met. */
export function publish(report: Report): boolean {
  const section = sectionOf(report);
  console.log(`\n${section}`);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "# Benchmarks\n";
  writeFileSync(`${path}.new`, replaceSection(before, report.title, section));
  renameSync(`${path}.new`, path);
  return report.rows.every((row) => row.target?.isMet ?? true);
}

/** Puts a section (from its `## ` heading to the next) into a page, in its place or at the end. */
export function replaceSection(page: string, title: string, section: string): string {
  const parts = page.trimEnd().split(/\n(?=## )/);
  const isIt = (part: string) => part.startsWith(`## ${title}\n`);
  const kept = parts.map((part) => (isIt(part) ? section : part));
  if (!parts.some(isIt)) kept.push(section);
  return `${kept.map((part) => part.trim()).join("\n\n")}\n`;
}

function sectionOf(report: Report): string {
  const head = ["", ...report.columns, "target", ""];
  const rows = report.rows.map((row) => [
    row.what,
    ...row.values,
    row.target?.words ?? "",
    row.target ? (row.target.isMet ? "met" : "**missed**") : "",
  ]);
  return [
    `## ${report.title}`,
    report.method,
    table(head, rows),
    ...report.notes,
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}, ${machine()}.`,
  ].join("\n\n");
}

/** A table in Markdown that can be read as it is. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((name, at) =>
    Math.max(3, name.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** What the figures depend on, without the machine's name. */
function machine(): string {
  const model =
    cpus()[0]
      ?.model.replace(/\((R|TM)\)/gi, "")
      .trim() ?? "unknown processor";
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return `${cpus().length} cores (${model}), ${gigabytes} GB of memory, ${process.platform}, Node.js ${process.versions.node}, load average ${load.toFixed(1)}`;
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    const isChanged = git("status", "--porcelain", "--", ".", ":!docs") !== "";
    return git("rev-parse", "--short", "HEAD") + (isChanged ? " with changes" : "");
  } catch {
    return "unknown";
  }
}
