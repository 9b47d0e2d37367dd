import { describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import { createSession, type SessionOptions, type StoredState } from "./session";

const jwt = (expSeconds: number) =>
  `h.${Buffer.from(JSON.stringify({ exp: expSeconds })).toString("base64url")}.s`;

/** A session over a store that outlives it, with a clock that is set by hand. */
function world() {
  const kept: { state: StoredState | null } = { state: null };
  const clock = { now: new Date("2026-01-01T10:00:00Z") };
  const logins: string[] = [];
  let refusal: UpstreamError | null = null;
  const open = (options: Partial<SessionOptions> = {}) =>
    createSession({
      apiKey: "key",
      username: "lamplighter",
      password: "right",
      apiUrl: "https://api.opensubtitles.com/api/v1",
      state: {
        load: () => kept.state,
        save: (state) => {
          kept.state = state;
        },
      },
      now: () => clock.now,
      login: async (_, password) => {
        logins.push(password);
        if (refusal) throw refusal;
        const token = jwt(clock.now.getTime() / 1000 + 86_400);
        return { token: `${token}${logins.length}`, base_url: "vip-api.opensubtitles.com" };
      },
      ...options,
    });
  return {
    open,
    kept,
    clock,
    logins,
    refuse: (status: 400 | 401 | 503 | null) => {
      refusal =
        status &&
        new UpstreamError("opensubtitles", status === 503 ? "broken" : "credentials", "", {
          status,
        });
    },
  };
}

describe("a session with OpenSubtitles", () => {
  it("knows what is left over a restart, until downloads are renewed", () => {
    const { open, clock, kept } = world();
    const resetAt = new Date("2026-01-01T23:59:59.999Z");
    expect(open().quota()).toBeNull();
    open().noteQuota({ remaining: 7, resetAt });
    expect(open().quota()).toEqual({ remaining: 7, resetAt });
    // Another account has a quota of its own.
    expect(open({ username: "other" }).quota()).toBeNull();
    clock.now = new Date("2026-01-02T00:00:00Z");
    expect(open().quota()).toBeNull();
    expect(kept.state?.remaining).toBe(7);
  });

  it("goes on with what an older version kept", async () => {
    const { open, kept, logins } = world();
    const token = await open().ensureToken();
    const { remaining: _, renewedAt: __, ...old } = kept.state ?? {};
    kept.state = old as StoredState;
    expect(await open().ensureToken()).toBe(token);
    expect(logins).toHaveLength(1);
    expect(open().quota()).toBeNull();
  });

  it("logs in once for many at the same time", async () => {
    const { open, logins } = world();
    const session = open();
    const tokens = await Promise.all([1, 2, 3].map(() => session.ensureToken()));
    expect(logins).toHaveLength(1);
    expect(new Set(tokens).size).toBe(1);
    expect(session.apiUrl()).toBe("https://vip-api.opensubtitles.com/api/v1");
  });

  it("keeps the token over a restart, until it ends", async () => {
    const { open, logins, clock } = world();
    await open().ensureToken();
    const later = open();
    clock.now = new Date("2026-01-02T09:58:00Z");
    expect(await later.ensureToken()).toBe(later.token());
    expect(logins).toHaveLength(1);
    clock.now = new Date("2026-01-02T09:59:30Z");
    expect(later.token()).toBeNull();
    expect(later.apiUrl()).toBe("https://api.opensubtitles.com/api/v1");
    await later.ensureToken();
    expect(logins).toHaveLength(2);
  });

  it.each([401, 400] as const)(
    "sends a password that was refused with %i no second time, also after a restart",
    async (status) => {
      const { open, logins, refuse } = world();
      refuse(status);
      await expect(open().ensureToken()).rejects.toMatchObject({ fault: "credentials" });
      refuse(null);
      await expect(open().ensureToken()).rejects.toMatchObject({ fault: "credentials" });
      expect(logins).toHaveLength(1);
    },
  );

  it("tries again with another password, and a day later with the same", async () => {
    const { open, logins, clock, refuse } = world();
    refuse(401);
    await expect(open().ensureToken()).rejects.toThrow();
    refuse(null);
    expect(await open({ password: "other" }).ensureToken()).not.toBeNull();
    refuse(401);
    await expect(open().ensureToken()).rejects.toThrow();
    refuse(null);
    clock.now = new Date("2026-01-02T10:00:01Z");
    expect(await open().ensureToken()).not.toBeNull();
    expect(logins).toEqual(["right", "other", "right", "right"]);
  });

  it("does not take an outage for a refusal", async () => {
    const { open, logins, refuse } = world();
    refuse(503);
    await expect(open().ensureToken()).rejects.toMatchObject({ fault: "broken" });
    refuse(null);
    expect(await open().ensureToken()).not.toBeNull();
    expect(logins).toHaveLength(2);
  });

  it("drops a token only while it is the one that is kept", async () => {
    const { open } = world();
    const session = open();
    const first = (await session.ensureToken()) ?? "";
    session.dropToken("another");
    expect(session.token()).toBe(first);
    session.dropToken(first);
    expect(session.token()).toBeNull();
  });

  it("keeps nothing of another account, and survives a state in an unknown form", async () => {
    const { open, kept } = world();
    const session = open();
    await session.ensureToken();
    session.setQuotaResetAt(new Date("2026-01-01T23:59:59Z"));
    const other = open({ username: "other" });
    expect([other.token(), other.quotaResetAt()]).toEqual([null, null]);
    kept.state = { token: 5 } as unknown as StoredState;
    expect(open().token()).toBeNull();
  });

  it("works where nothing can be kept", async () => {
    const { open, logins } = world();
    const session = open({ state: { load: () => null, save: () => undefined } });
    await session.ensureToken();
    await session.ensureToken();
    expect(logins).toHaveLength(1);
  });

  it("forgets a quota when its time has come", () => {
    const { open, clock } = world();
    const session = open();
    session.setQuotaResetAt(new Date("2026-01-01T23:59:59Z"));
    expect(open().quotaResetAt()?.toISOString()).toBe("2026-01-01T23:59:59.000Z");
    clock.now = new Date("2026-01-02T00:00:00Z");
    expect(session.quotaResetAt()).toBeNull();
  });

  it("needs no login without an account", async () => {
    const { open, logins } = world();
    expect(await open({ username: null, password: null }).ensureToken()).toBeNull();
    expect(logins).toEqual([]);
  });

  it("keeps no password", async () => {
    const { open, kept } = world();
    await open({ password: "very-secret" }).ensureToken();
    expect(JSON.stringify(kept.state)).not.toContain("very-secret");
  });
});
