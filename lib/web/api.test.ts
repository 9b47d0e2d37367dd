import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { apiTokens, settings, users } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { AppError, UpstreamError } from "@/lib/errors";
import { type TestSite, testSite } from "@/tests/support/site";
import { answer, apiRoute } from "./api";

const environmentToken = "e".repeat(40);
let site: TestSite;
beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: environmentToken });
});
afterEach(() => site[Symbol.dispose]());

const none = { params: Promise.resolve({}) };
const url = "http://vigilio.test/api/v1/things";

async function cookieOf(userId: string): Promise<string> {
  const claims = startSession(site.db, {
    ...{ userId, sessionVersion: 1, userAgent: null, address: null },
    now: new Date(),
  });
  return `vigilio.session=${await sealSession(claims)}`;
}

const read = apiRoute(
  {
    ...{ method: "GET", path: "/api/v1/things", summary: "Reads", role: "member" },
    answers: { 200: z.object({ caller: z.string().nullable() }) },
  },
  ({ user }) => ({ caller: user.id, passwordHash: "never shown" }),
);

const write = apiRoute(
  {
    ...{ method: "POST", path: "/api/v1/things", summary: "Writes", role: "member" },
    body: z.object({ name: z.string().min(3), count: z.number().optional() }),
    answers: { 201: z.object({ name: z.string() }) },
    maxBodyBytes: 200,
  },
  ({ body }) => ({ name: body.name }),
);

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return write(
    new Request(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${environmentToken}`,
        ...headers,
      },
    }),
    none,
  );
}

describe("who may call", () => {
  test("nobody is 401, in words and as a problem document", async () => {
    const response = await read(new Request(url), none);
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    expect(await response.json()).toEqual({
      type: "/problems/sign-in-needed",
      title: "Please sign in",
      status: 401,
      detail: "Sign in to go on.",
    });
  });

  test("a session reads, and only what the schema names goes out", async () => {
    const id = site.user("ada", "member");
    const headers = { cookie: await cookieOf(id) };
    const response = await read(new Request(url, { headers }), none);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ caller: id });
  });

  test("a wrong token is refused, also beside a good cookie", async () => {
    const headers = {
      cookie: await cookieOf(site.user("ada", "member")),
      authorization: "Bearer wrong",
    };
    expect((await read(new Request(url, { headers }), none)).status).toBe(401);
  });

  test("a token that was made acts as its owner, until its owner is disabled", async () => {
    const id = site.user("ada", "member");
    const { createHash } = await import("node:crypto");
    site.db
      .insert(apiTokens)
      .values({
        ...{ id: "t1", userId: id, name: "script", createdAt: new Date() },
        tokenHash: createHash("sha256").update("vigilio_secret").digest("hex"),
      })
      .run();
    const headers = { authorization: "Bearer vigilio_secret" };
    const response = await read(new Request(url, { headers }), none);
    expect(await response.json()).toEqual({ caller: id });
    expect(site.db.select().from(apiTokens).get()?.lastUsedAt).toBeInstanceOf(Date);
    site.db.update(users).set({ disabledAt: new Date() }).run();
    expect((await read(new Request(url, { headers }), none)).status).toBe(401);
  });

  test("the environment's token acts as the first admin, and as nobody's account without one", async () => {
    const headers = { authorization: `Bearer ${environmentToken}` };
    const before = await read(new Request(url, { headers }), none);
    expect(await before.json()).toEqual({ caller: null });
    const own = apiRoute(
      {
        ...{ method: "GET", path: "/api/v1/me", summary: "Own", role: "member", account: true },
        answers: { 200: z.object({ id: z.string() }) },
      },
      ({ user }) => ({ id: user.id }),
    );
    expect((await own(new Request(url, { headers }), none)).status).toBe(409);
    const id = site.user("root", "admin");
    expect(await (await own(new Request(url, { headers }), none)).json()).toEqual({ id });
  });

  test("what is for admins is 403 to a member", async () => {
    const forAdmins = apiRoute(
      {
        ...{ method: "GET", path: "/api/v1/things", summary: "Admin", role: "admin" },
        answers: { 204: null },
      },
      () => undefined,
    );
    const member = { cookie: await cookieOf(site.user("ada", "member")) };
    expect((await forAdmins(new Request(url, { headers: member }), none)).status).toBe(403);
    const root = { cookie: await cookieOf(site.user("root", "admin")) };
    expect((await forAdmins(new Request(url, { headers: root }), none)).status).toBe(204);
  });

  test.each([
    [{}, 403],
    [{ origin: "http://evil.test" }, 403],
    [{ origin: "http://vigilio.test", "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 201],
    [{ origin: "http://vigilio.test" }, 201],
  ])("a change by session with %o is %i", async (sent, status) => {
    const request = new Request(url, {
      method: "POST",
      body: '{"name":"abc"}',
      headers: {
        "content-type": "application/json",
        host: "vigilio.test",
        cookie: await cookieOf(site.user("ada", "member")),
        ...(sent as Record<string, string>),
      },
    });
    expect((await write(request, none)).status).toBe(status);
  });

  test("in demo mode every change outside /me is 403, also for the environment's token", async () => {
    site.db.insert(settings).values({ key: "demo", value: true, updatedAt: new Date() }).run();
    const response = await post('{"name":"abc"}');
    expect(response.status).toBe(403);
    expect((await response.json()).type).toBe("/problems/demo-refused");
    const headers = { authorization: `Bearer ${environmentToken}` };
    expect((await read(new Request(url, { headers }), none)).status).toBe(200);
  });

  test("a password that others know has to be changed before anything else", async () => {
    const id = site.user("ada", "member");
    site.db.update(users).set({ mustChangePassword: true }).run();
    const headers = { cookie: await cookieOf(id) };
    const response = await read(new Request(url, { headers }), none);
    expect((await response.json()).type).toBe("/problems/password-change-needed");
  });
});

describe("what may be sent", () => {
  test("a good body is 201", async () => {
    const response = await post('{"name":"abc"}');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ name: "abc" });
  });

  test("broken JSON is 400, another kind 415, too much 413", async () => {
    expect((await post('{"name":')).status).toBe(400);
    expect((await post("name=abc", { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(`{"name":"${"a".repeat(300)}"}`)).status).toBe(413);
  });

  test("too much is 413 when no length was told, too", async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000).fill(32));
      },
    });
    const request = new Request(url, {
      ...{ method: "POST", body: endless, duplex: "half" },
      headers: { "content-type": "application/json", authorization: `Bearer ${environmentToken}` },
    } as RequestInit);
    expect((await write(request, none)).status).toBe(413);
    expect(pulled).toBeLessThan(5);
  });

  test("what does not fit is 422 with words by field", async () => {
    const response = await post('{"count":"many","name":"ab"}');
    expect(response.status).toBe(422);
    expect((await response.json()).errors).toEqual({
      name: "At least 3 characters, please.",
      count: "This has to be of another kind (number).",
    });
    expect((await (await post("{}")).json()).errors).toEqual({ name: "Please fill this in." });
  });

  test("a form brings fields and files within their limits", async () => {
    const upload = apiRoute(
      {
        ...{ method: "POST", path: "/api/v1/things", summary: "Upload", role: "admin" },
        multipart: {
          fields: z.object({ label: z.string().optional() }),
          files: { file: { maxBytes: 10, required: true } },
        },
        answers: { 200: z.object({ text: z.string(), label: z.string().optional() }) },
      },
      ({ body, files }) => ({ text: files.file?.bytes.toString() ?? "", label: body.label }),
    );
    const send = (content: string | null) => {
      const form = new FormData();
      if (content !== null) form.set("file", new Blob([content]), "a.srt");
      form.set("label", "mine");
      const headers = { authorization: `Bearer ${environmentToken}` };
      return upload(new Request(url, { method: "POST", body: form, headers }), none);
    };
    expect(await (await send("hello")).json()).toEqual({ text: "hello", label: "mine" });
    expect((await (await send("hello world")).json()).errors.file).toContain("too large");
    expect((await send(null)).status).toBe(422);
  });

  test("a path that cannot be one of ours is 404, a wrong query 422", async () => {
    const one = apiRoute(
      {
        ...{ method: "GET", path: "/api/v1/things/{id}", summary: "One", role: "anyone" },
        params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
        query: z.object({ page: z.coerce.number().int().min(1).default(1) }),
        answers: { 200: z.object({ id: z.string(), page: z.number() }) },
      },
      ({ params, query }) => ({ id: params.id, page: query.page }),
    );
    const at = (id: string) => ({ params: Promise.resolve({ id }) });
    const good = await one(new Request(`${url}/x?page=3`), at("0123456789abcdef"));
    expect(await good.json()).toEqual({ id: "0123456789abcdef", page: 3 });
    expect((await one(new Request(url), at("../etc"))).status).toBe(404);
    expect((await one(new Request(`${url}?page=0`), at("0123456789abcdef"))).status).toBe(422);
  });
});

describe("what comes back when something fails", () => {
  const failing = (error: unknown) =>
    apiRoute(
      {
        ...{ method: "GET", path: "/api/v1/things", summary: "Fails", role: "anyone" },
        answers: { 204: null },
      },
      () => {
        throw error;
      },
    )(new Request(url), none);

  test("an expected refusal keeps its status and its members", async () => {
    const response = await failing(
      new AppError("not-found", { status: 404, members: { movieId: "m" } }),
    );
    expect(response.status).toBe(404);
    expect((await response.json()).movieId).toBe("m");
  });

  test("a service that is down is 503 with when to come back", async () => {
    const retryAt = new Date(Date.now() + 30_000);
    const response = await failing(new UpstreamError("tmdb", "rate-limited", "429", { retryAt }));
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(25);
    expect((await response.json()).services).toMatchObject([{ name: "tmdb" }]);
    expect((await failing(new UpstreamError("tmdb", "credentials", "401"))).status).toBe(502);
  });

  test("a fault of ours is 500 and tells nothing but a number for the log", async () => {
    const response = await failing(new Error("SELECT * FROM users failed at /srv/vigilio.db"));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("SELECT");
    expect(JSON.parse(text).requestId).toMatch(/^[0-9a-f]{16}$/);
  });

  test("an answer of one's own has its status and headers", async () => {
    const route = apiRoute(
      {
        ...{ method: "POST", path: "/api/v1/things", summary: "Later", role: "admin" },
        answers: { 201: z.object({}), 202: z.object({ jobId: z.string() }) },
      },
      () => answer(202, { jobId: "j", more: 1 }, { "x-own": "1" }),
    );
    const headers = { authorization: `Bearer ${environmentToken}` };
    const response = await route(new Request(url, { method: "POST", headers }), none);
    expect(response.status).toBe(202);
    expect(response.headers.get("x-own")).toBe("1");
    expect(await response.json()).toEqual({ jobId: "j" });
  });
});
