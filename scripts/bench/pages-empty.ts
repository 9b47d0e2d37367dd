import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "@/tests/support/until";
import { freePort } from "@/tests/support/vigilio";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Below the checkout, so that it is built with the same packages; ignored by git. */
const folder = join(root, "test-results", "empty-page");

const files: Record<string, string> = {
  "app/layout.jsx":
    "export default function Layout({ children }) { return <html lang='en'><body>{children}</body></html>; }\n",
  // Rendered at each request, as ours are.
  "app/page.jsx":
    "import { connection } from 'next/server';\nexport default async function Page() { await connection(); return <p>Empty</p>; }\n",
  // The ending keeps Next.js from finding what we run beside pages, further up.
  "next.config.mjs": `export default { pageExtensions: ["jsx"], turbopack: { root: ${JSON.stringify(root)} } };\n`,
};

function next(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}

/** A page with nothing on it, built by the same Next.js and React and served by them. */
export async function startEmptyPage(): Promise<AsyncDisposable & { url: string }> {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const build = next("build");
  const status = await new Promise((resolve) => build.once("exit", resolve));
  if (status !== 0) throw new Error(`an empty page could not be built: ${status}`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = next("start", "--port", String(port), "--hostname", "127.0.0.1");
  process.once("exit", () => server.kill("SIGKILL"));
  await until("the empty page", async () => (await fetch(url).catch(() => null))?.ok);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    },
  };
}
