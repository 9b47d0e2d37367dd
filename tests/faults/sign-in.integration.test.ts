import { request } from "node:http";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";

const owner = { username: "owner", password: "the right one, and long" };
let vigilio: Vigilio;
beforeAll(async () => {
  vigilio = await startVigilio({
    env: { VIGILIO_ADMIN_USERNAME: owner.username, VIGILIO_ADMIN_PASSWORD: owner.password },
  });
});
afterAll(async () => {
  await vigilio.stop();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request from an address of this machine's own: all of 127.0.0.0/8 is. */
function ask(
  from: string,
  path: string,
  body?: FormData | URLSearchParams,
  cookie = "",
): Promise<Answer> {
  const encoded = body && new Response(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      `${vigilio.url}${path}`,
      {
        localAddress: from,
        method: encoded ? "POST" : "GET",
        headers: {
          origin: vigilio.url,
          cookie,
          ...(encoded ? { "content-type": encoded.headers.get("content-type") ?? "" } : {}),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", reject);
    if (!encoded) sent.end();
    else encoded.arrayBuffer().then((bytes) => sent.end(Buffer.from(bytes)), reject);
  });
}

/** Fills in the page's form as a browser without scripts does. */
async function signIn(from: string, username: string, password: string) {
  const page = await ask(from, "/sign-in");
  const form = new FormData();
  for (const [input] of page.text.matchAll(/<input type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? "";
    if (name) form.append(name, decode(value));
  }
  form.set("username", username);
  form.set("password", password);
  const answer = await ask(from, "/sign-in", form);
  const isIn = String(answer.headers["set-cookie"] ?? "").includes("session");
  const words = decode(answer.text);
  if (isIn) return "in";
  const wait = /too many wrong tries\. Wait (?:about )?(a|\d+) (second|minute)/.exec(words);
  if (wait)
    return { waitSeconds: Number(wait[1] === "a" ? 1 : wait[1]) * (wait[2] === "minute" ? 60 : 1) };
  if (words.includes("password isn’t right") || words.includes("password isn't right"))
    return "wrong";
  throw new Error(`${answer.status} ${words.slice(0, 2000)}`);
}

const decode = (html: string) =>
  html.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");

/** What stands in the throttle's table, by key. */
function throttled(change?: string): { key: string; failures: number; waitMs: number }[] {
  const db = new Database(join(vigilio.dataDir, "vigilio.db"));
  try {
    if (change) db.exec(change);
    const rows = db
      .prepare("select key, failures, blocked_until as until from sign_in_failures")
      .all();
    return (rows as { key: string; failures: number; until: number | null }[]).map((row) => ({
      key: row.key,
      failures: row.failures,
      waitMs: row.until === null ? 0 : row.until - Date.now(),
    }));
  } finally {
    db.close();
  }
}

/** Time passes for everybody who waits. */
const pass = (ms: number) =>
  throttled(`update sign_in_failures set blocked_until = blocked_until - ${ms}`);

it("makes an account wait after wrong passwords, says how long, and then takes the right one", async () => {
  for (let tries = 0; tries < 5; tries += 1) {
    expect(await signIn("127.0.0.2", owner.username, `wrong ${tries}`)).toBe("wrong");
  }
  const refused = await signIn("127.0.0.2", owner.username, owner.password);
  expect(refused).toEqual({ waitSeconds: expect.any(Number) });
  // From everywhere: the account is what is guessed at. And by the other door, too.
  expect(await signIn("127.0.0.9", owner.username, owner.password)).toHaveProperty("waitSeconds");
  expect(await signInByNextAuth("127.0.0.9")).toContain("sign-in-throttled");
  await until("the right password is taken", async () => {
    return (await signIn("127.0.0.2", owner.username, owner.password)) === "in";
  });
  expect(throttled().filter(({ key }) => key.startsWith("account:"))).toEqual([]);
});

it("makes an address wait that tries many names, and nobody else", async () => {
  for (let tries = 0; tries < 10; tries += 1) {
    expect(await signIn("127.0.0.3", `name-${tries}`, "a guess")).toBe("wrong");
  }
  expect(await signIn("127.0.0.3", "yet-another", "a guess")).toEqual({
    waitSeconds: expect.any(Number),
  });
  expect(await signIn("127.0.0.3", owner.username, owner.password)).not.toBe("in");
  expect(await signIn("127.0.0.4", owner.username, owner.password)).toBe("in");
});

it("lets no stranger lock the owner out for good: the stranger waits longer", async () => {
  const stranger = "127.0.0.5";
  for (let wrong = 0; wrong < 15; ) {
    const answer = await signIn(stranger, owner.username, "a guess");
    if (answer === "wrong") wrong += 1;
    else if (typeof answer === "object") pass(answer.waitSeconds * 1000);
  }
  // Whatever the stranger does, the owner's wait ends first, and is short.
  const account = throttled().find(({ key }) => key === `account:${owner.username}`);
  expect(account?.waitMs).toBeLessThanOrEqual(5 * 60_000);
  pass(Math.max(account?.waitMs ?? 0, 0) + 1000);
  const still = throttled().find(({ key }) => key === `address:${stranger}`);
  expect(still?.waitMs).toBeGreaterThan(0);
  expect(await signIn(stranger, owner.username, "a guess")).toHaveProperty("waitSeconds");
  expect(await signIn("127.0.0.6", owner.username, owner.password)).toBe("in");
});

/** The sign-in of next-auth's own endpoints; where it leads to. */
async function signInByNextAuth(from: string): Promise<string> {
  const token = await ask(from, "/api/auth/csrf");
  const cookie = [token.headers["set-cookie"] ?? []]
    .flat()
    .map((one) => one.split(";")[0])
    .join("; ");
  const { csrfToken } = JSON.parse(token.text) as { csrfToken: string };
  const body = new URLSearchParams({ ...owner, csrfToken, json: "true" });
  const answer = await ask(from, "/api/auth/callback/credentials", body, cookie);
  return `${answer.headers.location ?? ""} ${answer.text}`;
}
