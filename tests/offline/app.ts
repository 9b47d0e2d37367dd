import { spawn } from "node:child_process";
import { variables } from "@/lib/env";

export interface App {
  /** Its exit status, when it ends by itself or is ended. */
  ended: Promise<number | null>;
  /** Ends it as a person would, and everything that it started; by force after a while. */
  end(): Promise<void>;
}

const programs = ["FFMPEG_PATH", "FFPROBE_PATH", "QBITTORRENT_NOX_PATH", "LOG_LEVEL"];
const endDeadlineMs = 20_000;

/** Of a developer's own settings only where the programs are: empty counts as not set. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (name.startsWith("VIGILIO_")) delete env[name];
  for (const name of Object.keys(variables)) if (!programs.includes(name)) env[name] = "";
  return env;
}

/** Starts Vigilio on this machine alone: with `next dev`, or built as people have it. */
export function startApp(options: {
  isBuilt: boolean;
  port: number;
  environment: Record<string, string>;
}): App {
  const port = String(options.port);
  const dev = ["node_modules/next/dist/bin/next", "dev", "--port", port, "--hostname", "127.0.0.1"];
  const child = spawn(process.execPath, options.isBuilt ? ["scripts/start.mjs"] : dev, {
    stdio: ["ignore", "inherit", "inherit"],
    // A group of its own: Ctrl-C reaches this process alone, which then ends things in order.
    detached: true,
    env: {
      ...cleanEnvironment(),
      ...(options.isBuilt ? { NODE_ENV: "production" } : { NODE_ENV: "development" }),
      NEXT_MANUAL_SIG_HANDLE: "true",
      NEXT_TELEMETRY_DISABLED: "1",
      HOST: "127.0.0.1",
      PORT: port,
      ...options.environment,
    },
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
    child.once("error", () => resolve(1));
  });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch {
      // Nobody of the group is left.
    }
  };
  return {
    ended,
    async end() {
      signal("SIGTERM");
      const force = setTimeout(signal, endDeadlineMs, "SIGKILL");
      await ended;
      clearTimeout(force);
      signal("SIGKILL");
    },
  };
}
