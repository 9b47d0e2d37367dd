import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { history, listEntries, progress, serviceState, sessions, users } from "@/db/schema";
import { startSession } from "@/lib/auth/sessions";
import { setInList } from "@/lib/lists/mutations";
import { saveProgress } from "@/lib/playback/mutations";
import { listUsers } from "@/lib/users/data";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { type TestSite, testSite } from "@/tests/support/site";
import { arrivalOf } from "./arrivals";
import { switchDemo } from "./switch";
import { forgetVisitor, forgetVisitors, renewVisit, welcomeVisitor, whyNoVisit } from "./visitors";

const now = new Date("2026-03-01T10:00:00Z");
const hourMs = 3_600_000;
const later = (ms: number) => new Date(now.getTime() + ms);
const arrivedFrom = "somewhere";

let site: TestSite;
let owner: string;
beforeEach(() => {
  site = testSite();
  owner = site.user("owner", "admin");
});
afterEach(() => site[Symbol.dispose]());

/** A visitor who did everything that a visitor may. */
function busyVisitor(at = now): string {
  const { id: userId, sessionVersion } = welcomeVisitor(site.db, { arrivedFrom, now: at });
  startSession(site.db, { userId, sessionVersion, userAgent: null, address: null, now: at });
  const movieId = addMovieRow(site.db, { title: "A film" });
  addVersionRow(site.db, { movieId });
  setInList(site.db, { userId, movieId, inList: true, now: at });
  const place = { userId, movieId, durationSeconds: 5400, now: at };
  saveProgress(site.db, { ...place, positionSeconds: 600 });
  saveProgress(site.db, { ...place, positionSeconds: 1200, now: new Date(at.getTime() + 60_000) });
  return userId;
}

const left = () => ({
  people: site.db.select().from(users).all().length,
  sessions: site.db.select().from(sessions).all().length,
  listed: site.db.select().from(listEntries).all().length,
  begun: site.db.select().from(progress).all().length,
  watched: site.db.select().from(history).all().length,
});
const nothing = { people: 1, sessions: 0, listed: 0, begun: 0, watched: 0 };

describe("a visitor of a demo", () => {
  test("gets an account without a password, for three hours after its last use", () => {
    const { id } = welcomeVisitor(site.db, { arrivedFrom, now });
    const row = () => site.db.select().from(users).where(eq(users.id, id)).get();
    expect(row()).toMatchObject({
      ...{ role: "visitor", passwordHash: null, expiresAt: later(3 * hourMs) },
      username: expect.stringMatching(/^visitor-[0-9a-f]{6}$/),
    });
    renewVisit(site.db, { id, expiresAt: later(3 * hourMs) }, later(60_000));
    expect(row()?.expiresAt).toEqual(later(3 * hourMs));
    renewVisit(site.db, { id, expiresAt: later(3 * hourMs) }, later(hourMs));
    expect(row()?.expiresAt).toEqual(later(4 * hourMs));
  });

  test("is deleted with all that they did when their time is over, and not before", () => {
    busyVisitor();
    expect(left()).toMatchObject({ people: 2, sessions: 1, listed: 1, begun: 1 });
    expect(left().watched).toBeGreaterThan(0);
    expect(forgetVisitors(site.db, { isDemo: true, now: later(3 * hourMs - 1) })).toBe(0);
    expect(forgetVisitors(site.db, { isDemo: true, now: later(3 * hourMs) })).toBe(1);
    expect(left()).toEqual(nothing);
  });

  test("is deleted at once when they leave, or when the demo is switched off", () => {
    forgetVisitor(site.db, busyVisitor());
    expect(left()).toEqual(nothing);
    busyVisitor();
    switchDemo(site.db, { isOn: false, now });
    expect(left()).toEqual(nothing);
  });

  test("is gone with a demo that the environment no longer wants; nobody else is", () => {
    busyVisitor();
    forgetVisitor(site.db, owner);
    expect(forgetVisitors(site.db, { isDemo: false, now })).toBe(1);
    expect(site.db.select().from(users).all()).toMatchObject([{ id: owner }]);
  });

  test("is shown to nobody among the people", () => {
    busyVisitor();
    const { items, total } = listUsers(site.db, { page: 1, pageSize: 20 });
    expect({ names: items.map(({ username }) => username), total }).toEqual({
      names: ["owner"],
      total: 1,
    });
  });
});

describe("accounts per address", () => {
  const arrive = (times: number, from = arrivedFrom, at = now) => {
    for (let time = 0; time < times; time += 1) {
      welcomeVisitor(site.db, { arrivedFrom: from, now: at });
    }
  };

  test("are thirty an hour, even if the accounts are gone again", () => {
    arrive(30);
    forgetVisitors(site.db, { isDemo: false, now });
    const again = later(20 * 60_000);
    expect(whyNoVisit(site.db, { arrivedFrom, now: again })).toMatchObject({
      status: 429,
      retryAfterSeconds: 40 * 60,
      reason: { code: "demo-visits", values: { minutes: 40 } },
    });
    expect(() => arrive(1, arrivedFrom, again)).toThrow("demo-visits");
    arrive(1, "elsewhere", again);
    arrive(1, arrivedFrom, later(hourMs));
  });

  test("are counted without the address, and not for longer than they matter", () => {
    const key = Buffer.from("a key of this server");
    arrive(1, arrivalOf(key, "address:192.0.2.7"));
    const kept = () => JSON.stringify(site.db.select().from(serviceState).all());
    expect(kept()).toContain("demo-arrivals:");
    expect(kept()).not.toContain("192.0.2.7");
    forgetVisitors(site.db, { isDemo: true, now: later(hourMs) });
    expect(kept()).toBe("[]");
  });

  test("end where too many are here, from wherever they come", () => {
    for (let at = 0; at < 500; at += 1) site.user(`visitor-number-${at}`, "visitor");
    expect(whyNoVisit(site.db, { arrivedFrom, now })).toMatchObject({
      status: 503,
      reason: { code: "demo-full" },
    });
    expect(() => arrive(1)).toThrow("demo-full");
  });
});
