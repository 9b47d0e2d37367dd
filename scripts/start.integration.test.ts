import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SmallCheckout } from "@/tests/support/small-checkout";
import { freePort } from "@/tests/support/vigilio";

let checkout: SmallCheckout;
let port: number;

beforeEach(async () => {
  checkout = new SmallCheckout();
  port = await freePort();
});
afterEach(() => checkout[Symbol.dispose]());

const patience = { timeout: 60_000, interval: 20 };

/** Starts, waits for an answer, and gives it. */
async function start(at = port, env: Record<string, string> = {}) {
  const run = checkout.run("start.mjs", { PORT: String(at), ...env });
  let status: number | null | undefined;
  run.ended.then((code) => {
    status = code;
  });
  const answer = await vi.waitFor(async () => {
    if (status !== undefined) return { page: "", pid: 0 };
    return (await fetch(`http://127.0.0.1:${at}`)).json();
  }, patience);
  return { run, page: answer.page as string, pid: answer.pid as number };
}

/** The end of a start that can't be: its status and its words, which are never a stack trace. */
async function refusal(env: NodeJS.Dict<string>) {
  const run = checkout.run("start.mjs", { PORT: String(port), ...env });
  const status = await run.ended;
  expect(run.output()).not.toMatch(/^\s+at .*\.mjs|node:internal/m);
  return { status, words: run.output() };
}

async function stop({ run }: Awaited<ReturnType<typeof start>>) {
  run.child.kill("SIGTERM");
  await run.ended;
}

describe("npm start", () => {
  it("does everything once, and then only what is out of date", async () => {
    const first = await start();
    expect(first.page).toBe("first");
    expect(first.run.output()).toContain("Installing the libraries: done");
    expect(first.run.output()).toContain("Building: done");
    // One process: the one that was started is the one that serves.
    expect(first.pid).toBe(first.run.child.pid);
    await stop(first);

    const second = await start();
    expect(second.run.output()).not.toMatch(/Installing|Building/);
    await stop(second);

    checkout.write("app/page.tsx", "second");
    const third = await start();
    expect(third.page).toBe("second");
    expect(third.run.output()).not.toContain("Installing");
    await stop(third);

    // Back to what was built before, and a test that was added: nothing to build.
    checkout.write("app/page.tsx", "first");
    checkout.write("app/page.test.tsx", "a test");
    expect((await start()).page).toBe("first");
    expect(checkout.builds()).toEqual(["first", "second"]);
  });

  it("builds once for two starts at the same time, and leaves a running server alone", async () => {
    const running = await start();
    checkout.write("app/page.tsx", "second");
    const [one, two] = await Promise.all([start(await freePort()), start(await freePort())]);
    expect([one.page, two.page]).toEqual(["second", "second"]);
    expect(checkout.builds()).toEqual(["first", "second"]);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).json()).toEqual({
      page: "first",
      pid: running.pid,
    });
  });

  it("never serves a build that was killed", async () => {
    checkout.write("hold", "");
    const killed = checkout.run("start.mjs", { PORT: String(port) });
    await vi.waitFor(() => expect(checkout.builds()).toEqual(["first"]), patience);
    killed.child.kill("SIGKILL");
    await killed.ended;
    checkout.remove("hold");
    expect((await start()).page).toBe("first");
    expect(checkout.builds()).toEqual(["first", "first"]);
  });

  it("keeps the newest builds, and those that are served", async () => {
    const running = await start();
    for (const page of ["second", "third", "fourth", "fifth"]) {
      checkout.write("app/page.tsx", page);
      expect(await checkout.run("build.mjs", {}).ended).toBe(0);
    }
    expect(readdirSync(join(checkout.dir, ".next"))).toHaveLength(4);
    await stop(running);
    checkout.write("app/page.tsx", "sixth");
    expect(await checkout.run("build.mjs", {}).ended).toBe(0);
    expect(readdirSync(join(checkout.dir, ".next"))).toHaveLength(3);
  });

  it("says what is wrong with a build, and serves nothing", async () => {
    checkout.write("app/page.tsx", "broken");
    const { status, words } = await refusal({});
    expect(status).toBe(1);
    expect(words).toContain("Vigilio can't start: the build failed:\n    page.tsx is broken");
  });
});

describe("npm start says what to do when", () => {
  it.each([
    ["a port is no port", { PORT: "80x" }, 'PORT is "80x", but has to be a port, 1 to 65535.'],
    ["a port is out of range", { PORT: "65536" }, 'PORT is "65536"'],
    ["an address is not of this machine", { HOST: "192.0.2.1" }, 'HOST is "192.0.2.1"'],
    ["a program is not where it is said to be", { FFMPEG_PATH: "/nowhere" }, "FFMPEG_PATH"],
  ])("%s", async (_, env, sentence) => {
    const { status, words } = await refusal(env);
    expect(status).toBe(1);
    expect(words).toContain(sentence);
    expect(existsSync(join(checkout.dir, "builds.log"))).toBe(false);
  });

  it("the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    const { status, words } = await refusal({});
    await new Promise((resolve) => other.close(resolve));
    expect(status).toBe(1);
    expect(words).toContain(`port ${port} is taken`);
  });

  it("programs are missing, and it may not install them", async () => {
    await stop(await start());
    // Neither ffmpeg nor apt-get lies there.
    const { status, words } = await refusal({ PATH: checkout.dir });
    expect(status).toBe(1);
    expect(words).toContain("missing on PATH: ffmpeg, ffprobe, qbittorrent-nox");
    const external = await refusal({ PATH: checkout.dir, QBITTORRENT_URL: "http://127.0.0.1:1" });
    expect(external.words).toContain("missing on PATH: ffmpeg, ffprobe.");
  });

  it("a file of settings asks for what can't be", async () => {
    checkout.write(".env", "PORT=80y\n");
    expect((await refusal({ PORT: undefined })).words).toContain('PORT is "80y"');
    checkout.write(".env.local", "PORT=80z\n");
    expect((await refusal({ PORT: undefined })).words).toContain('PORT is "80z"');
  });
});
