import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@/tests/support/until";
import { freePort } from "@/tests/support/vigilio";
import { descendantsOf } from "./processes";

/** A package of the system and not of npm. */
const program = process.env.NGINX_PATH || "nginx";

export interface Nginx {
  url: string;
  /** The one worker, which does all the work. */
  workerPid: number;
  stop(): Promise<void>;
}

/**
 * An nginx of its own on loopback that serves a folder as its makers advise for large files:
 * sendfile and tcp_nopush on, no access log, connections kept open.
 *
 * @throws Error when there is no nginx on PATH.
 */
export async function startNginx(folder: string): Promise<Nginx> {
  const dir = mkdtempSync(join(tmpdir(), "vigilio-nginx-"));
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => {
    mkdirSync(join(dir, name));
    return `${name}_temp_path ${join(dir, name)};`;
  });
  const config = join(dir, "nginx.conf");
  writeFileSync(
    config,
    `daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${join(dir, "nginx.pid")};
error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  types { video/mp4 mp4; }
  ${temporary.join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    root ${folder};
  }
}
`,
  );
  const child = spawn(program, ["-p", dir, "-c", config, "-e", "stderr"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` },
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = new Error(`nginx could not be started (${error.message}): apt-get install nginx`);
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await until("nginx answers", async () => {
      if (failure || child.exitCode !== null) throw failure ?? new Error("nginx ended");
      return fetch(url).then(
        () => true,
        () => false,
      );
    });
    const [workerPid] = descendantsOf(child.pid ?? 0);
    if (workerPid === undefined) throw new Error("nginx has no worker");
    return { url, workerPid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
