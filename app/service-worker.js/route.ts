import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { keepsOffline } from "@/lib/web/offline-worker";

const folder = join(process.cwd(), "app/service-worker.js");

/**
 * The service worker, as it lies beside this file, for anybody. A browser asks again at every visit
 * and takes what is new; where it is switched off, it gets one that removes itself.
 */
export async function GET(): Promise<Response> {
  const script = await readFile(join(folder, keepsOffline() ? "worker.js" : "farewell.js"), "utf8");
  return new Response(script, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
      "service-worker-allowed": "/",
      "x-content-type-options": "nosniff",
    },
  });
}
