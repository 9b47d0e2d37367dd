import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const scripts = fileURLToPath(new URL("../../scripts", import.meta.url));

/**
 * A compiler and server in the place of Next, which take milliseconds: the scripts around them are
 * what is tested. Building writes a line to builds.log and waits while a file named `hold` is there.
 */
const smallNext = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const [command, ...args] = process.argv.slice(2);
const dir = process.env.NEXT_DIST_DIR;
if (command === "build") {
  const page = readFileSync("app/page.tsx", "utf8");
  appendFileSync("builds.log", page + "\\n");
  mkdirSync(dir, { recursive: true });
  const finish = () => {
    if (existsSync("hold")) return setTimeout(finish, 20);
    if (page.includes("broken")) { console.error("page.tsx is broken"); process.exit(1); }
    writeFileSync(dir + "/BUILD_ID", page);
  };
  finish();
} else {
  const value = (name) => args[args.indexOf(name) + 1];
  const server = require("node:http").createServer((_, answer) => answer.end(
    JSON.stringify({ pid: process.pid, page: readFileSync(dir + "/BUILD_ID", "utf8") })));
  server.listen(Number(value("--port")), value("--hostname"), () => console.log("listening"));
}
`;

const files: Record<string, string> = {
  "package.json":
    '{ "name": "small", "version": "1.0.0", "dependencies": { "next": "file:next" } }',
  "package-lock.json": JSON.stringify({
    name: "small",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: {
      "": { name: "small", version: "1.0.0", dependencies: { next: "file:next" } },
      next: { version: "1.0.0" },
      "node_modules/next": { resolved: "next", link: true },
    },
  }),
  "next/package.json": '{ "name": "next", "version": "1.0.0" }',
  "next/dist/bin/next": smallNext,
  "next.config.mjs": "export default { distDir: process.env.NEXT_DIST_DIR };",
  "app/page.tsx": "first",
};

export interface Run {
  child: ChildProcess;
  /** What it has written so far, both streams. */
  output(): string;
  /** Its exit status; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** A checkout with our scripts and hardly anything else; `dispose` ends what runs in it. */
export class SmallCheckout implements Disposable {
  readonly dir = mkdtempSync(join(tmpdir(), "vigilio-checkout-"));
  private readonly runs: Run[] = [];

  constructor() {
    cpSync(scripts, join(this.dir, "scripts"), { recursive: true });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.dir, path), { recursive: true, force: true });
  }

  /** The pages that were built, in order. */
  builds(): string[] {
    try {
      return readFileSync(join(this.dir, "builds.log"), "utf8").trimEnd().split("\n");
    } catch {
      return [];
    }
  }

  /** Runs one of our scripts. */
  run(script: string, env: NodeJS.Dict<string>): Run {
    const child = spawn(process.execPath, [join("scripts", script)], {
      cwd: this.dir,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, HOST: "127.0.0.1", ...env },
    });
    const chunks: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const run = { child, output: () => chunks.join(""), ended };
    this.runs.push(run);
    return run;
  }

  [Symbol.dispose](): void {
    for (const { child } of this.runs) child.kill("SIGKILL");
    rmSync(this.dir, { recursive: true, force: true });
  }
}
