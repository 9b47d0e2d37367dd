// First of all, as in doors/personas.ts.
import "next/dist/server/node-environment-baseline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as invitation from "@/app/api/v1/invitations/[id]/route";
import * as invitationRoutes from "@/app/api/v1/invitations/route";
import * as ownSessions from "@/app/api/v1/me/sessions/route";
import * as token from "@/app/api/v1/tokens/[id]/route";
import * as tokenRoutes from "@/app/api/v1/tokens/route";
import * as resetLink from "@/app/api/v1/users/[id]/reset-link/route";
import * as person from "@/app/api/v1/users/[id]/route";
import * as sessionsOf from "@/app/api/v1/users/[id]/sessions/route";
import * as people from "@/app/api/v1/users/route";
import { passwordResets } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { resetPasswordAction } from "@/lib/users/actions";
import { acceptInvitation } from "@/lib/users/invitations";
import { resetPassword } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { createResetLink, resetLinkState } from "@/lib/users/reset-links";
import { type AnyAction, callAction } from "./doors/call-action";
import { call, token as environmentToken } from "./support/route-call";
import { type TestSite, testSite } from "./support/site";

let site: TestSite;
beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: environmentToken });
  site.user("root", "admin");
});
afterEach(() => site[Symbol.dispose]());

const password = "a long enough password";
const hourMs = 3_600_000;

async function addPerson(username = "ada") {
  const body = { username, password, mustChangePassword: false };
  return (await call(people.POST, { body })).data.id as string;
}

/** Headers of somebody on a new device. */
async function deviceOf(userId: string, sessionVersion = 1) {
  const claims = startSession(site.db, {
    ...{ userId, sessionVersion, userAgent: "Firefox", address: "192.0.2.7" },
    now: new Date(),
  });
  const cookie = `vigilio.session=${await sealSession(claims)}`;
  return { authorization: "Basic cHJveHk=", cookie, "sec-fetch-site": "same-origin" };
}

const enter = (username: string, secret: string) =>
  signIn(site.db, {
    ...{ username, password: secret, address: null, userAgent: null },
    now: new Date(),
  });

describe("/api/v1/users/{id}/reset-link", () => {
  const make = (id: string) => call(resetLink.POST, { params: { id } });
  const reset = async (code: string, now = new Date()) =>
    resetPassword(site.db, { code, passwordHash: await hashPassword("another one"), now });

  it("lets somebody choose a new password once, and ends their sessions", async () => {
    const id = await addPerson();
    const device = await deviceOf(id);
    const made = await make(id);
    expect(made).toMatchObject({
      status: 201,
      data: { username: "ada", path: `/reset/${made.data.code}` },
    });
    const hours = (Date.parse(made.data.expiresAt) - Date.parse(made.data.createdAt)) / hourMs;
    expect(hours).toBe(24);
    expect(JSON.stringify(site.db.select().from(passwordResets).all())).not.toContain(
      made.data.code,
    );
    // Until it is used nothing changes.
    await expect(enter("ada", password)).resolves.toBeDefined();
    expect((await call(ownSessions.GET, { headers: device })).status).toBe(200);
    await reset(made.data.code);
    expect((await call(ownSessions.GET, { headers: device })).status).toBe(401);
    await expect(enter("ada", password)).rejects.toThrow("sign-in-refused");
    await expect(enter("ada", "another one")).resolves.toBeDefined();
    await expect(reset(made.data.code)).rejects.toThrow("reset-used");
    expect(resetLinkState(site.db, made.data.code, new Date())).toEqual({
      state: "used",
      username: null,
    });
  });

  it("is worth nothing after a day, after another one, or after another password", async () => {
    const id = await addPerson();
    const late = createResetLink(site.db, { userId: id, createdBy: null, now: new Date(0) });
    const justInTime = new Date(24 * hourMs - 1);
    expect(resetLinkState(site.db, late.code, justInTime)).toMatchObject({ username: "ada" });
    await expect(reset(late.code, new Date(24 * hourMs))).rejects.toThrow("reset-late");

    const first = (await make(id)).data.code;
    const second = (await make(id)).data.code;
    await expect(reset(first)).rejects.toThrow("reset-replaced");
    await call(person.PATCH, { params: { id }, body: { password } });
    await expect(reset(second)).rejects.toThrow("reset-replaced");
    await expect(reset("of nobody")).rejects.toThrow("reset-unknown");
  });

  it("is not found by guessing, and its password has to be one", async () => {
    const id = await addPerson();
    const { code } = (await make(id)).data;
    const use = (given: object) =>
      callAction(resetPasswordAction as AnyAction, { code, password, ...given }, {});
    expect((await use({ password: "short" })).status).toBe(422);
    const guesses: number[] = [];
    for (let at = 0; at < 6; at += 1) guesses.push((await use({ code: `guess-${at}` })).status);
    expect(guesses).toEqual([409, 409, 409, 409, 409, 429]);
    // Whoever has the right one is not kept waiting by who has not.
    expect(resetLinkState(site.db, code, new Date()).state).toBe("open");
  });

  it("is taken back, and refused for who is shut out or nobody", async () => {
    const id = await addPerson();
    const { code } = (await make(id)).data;
    const end = () => call(resetLink.DELETE, { params: { id } });
    expect((await end()).status).toBe(204);
    expect((await end()).status).toBe(404);
    await expect(reset(code)).rejects.toThrow("reset-replaced");

    const open = (await make(id)).data.code;
    await call(person.PATCH, { params: { id }, body: { disabled: true } });
    expect(await make(id)).toMatchObject({
      status: 409,
      data: { type: "/problems/reset-shut-out" },
    });
    await call(person.PATCH, { params: { id }, body: { disabled: false } });
    await expect(reset(open)).rejects.toThrow("reset-replaced");
    expect((await make("0".repeat(16))).status).toBe(404);
  });

  it("is for admins", async () => {
    const id = await addPerson();
    const headers = await deviceOf(id);
    for (const route of [resetLink.POST, resetLink.DELETE, sessionsOf.DELETE]) {
      expect((await call(route, { params: { id }, headers })).status).toBe(403);
    }
  });
});

describe("DELETE /api/v1/users/{id}/sessions", () => {
  it("signs somebody out everywhere, and nobody else", async () => {
    const [ada, bob] = [await addPerson("ada"), await addPerson("bob")];
    const devices = [await deviceOf(ada), await deviceOf(ada)];
    const other = await deviceOf(bob);
    expect((await call(sessionsOf.DELETE, { params: { id: ada } })).status).toBe(204);
    for (const headers of devices) {
      expect((await call(ownSessions.GET, { headers })).status).toBe(401);
    }
    const { data } = await call(ownSessions.GET, { headers: other });
    expect(data.items).toMatchObject([
      { userAgent: "Firefox", address: "192.0.2.7", isCurrent: true },
    ]);
    expect((await call(sessionsOf.DELETE, { params: { id: "0".repeat(16) } })).status).toBe(404);
  });
});

describe("PATCH /api/v1/invitations/{id}", () => {
  const change = (id: string, body: unknown) => call(invitation.PATCH, { params: { id }, body });

  it("changes the role and how long it is good; the link stays", async () => {
    const { id, code } = (await call(invitationRoutes.POST, { body: { days: 1 } })).data;
    const changed = await change(id, { role: "admin", days: 30 });
    expect(changed).toMatchObject({ status: 200, data: { id, role: "admin", usedAt: null } });
    expect(Date.parse(changed.data.expiresAt)).toBeGreaterThan(Date.now() + 29 * 24 * hourMs);
    expect(await change(id, {})).toEqual(changed);
    const passwordHash = await hashPassword(password);
    const now = new Date(Date.now() + 20 * 24 * hourMs);
    const made = acceptInvitation(site.db, { code, username: "eve", passwordHash, now });
    const { items } = (await call(people.GET)).data;
    expect(items.find((one: { id: string }) => one.id === made.id).role).toBe("admin");
    expect(await change(id, { days: 1 })).toMatchObject({
      status: 409,
      data: { type: "/problems/invitation-used" },
    });
  });

  it("refuses what does not fit", async () => {
    const { id } = (await call(invitationRoutes.POST, { body: {} })).data;
    expect((await change(id, { days: 0, role: "visitor" })).data.errors).toMatchObject({
      days: expect.any(String),
      role: expect.any(String),
    });
    expect((await change("0".repeat(16), { days: 1 })).status).toBe(404);
  });
});

describe("PATCH /api/v1/tokens/{id}", () => {
  it("changes name and scope; the token stays the same", async () => {
    const made = (await call(tokenRoutes.POST, { body: { name: "panel", scope: "read" } })).data;
    const bearer = { authorization: `Bearer ${made.token}` };
    const ask = () => call(invitationRoutes.POST, { body: {}, headers: bearer });
    expect(await ask()).toMatchObject({
      status: 403,
      data: { type: "/problems/token-scope-too-small", needed: "admin" },
    });
    const { id } = made;
    const changed = await call(token.PATCH, {
      params: { id },
      body: { name: "a panel", scope: "admin" },
    });
    expect(changed).toMatchObject({ status: 200, data: { name: "a panel", scope: "admin" } });
    expect((await ask()).status).toBe(201);
    const { items } = (await call(tokenRoutes.GET)).data;
    expect(items).toMatchObject([
      { id, name: "a panel", scope: "admin", lastUsedAt: expect.any(String) },
    ]);
  });

  it("makes one that may all where no scope is given, as before there were any", async () => {
    const made = await call(tokenRoutes.POST, { body: { name: "script" } });
    expect(made).toMatchObject({ status: 201, data: { scope: "admin" } });
  });

  it("refuses what does not fit", async () => {
    const { id } = (await call(tokenRoutes.POST, { body: { name: "script" } })).data;
    const change = (body: unknown, at = id) => call(token.PATCH, { params: { id: at }, body });
    expect((await change({ scope: "all" })).data.errors).toMatchObject({
      scope: "This has to be one of: read, add, admin.",
    });
    expect((await change({ name: " " })).status).toBe(422);
    expect((await change({ name: "x" }, "0".repeat(16))).status).toBe(404);
  });
});
