import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/demo/enter/route";
import { settings, users } from "@/db/schema";
import { userFromCookieHeader } from "@/lib/auth/sessions";
import { switchDemo } from "@/lib/demo/switch";
import { installPeerHeader } from "@/lib/web/peer";
import { type TestSite, testSite } from "./support/site";

installPeerHeader({ trustProxy: false });

let site: TestSite;
beforeEach(() => {
  site = testSite({ DEMO: "true" });
});
afterEach(() => site[Symbol.dispose]());

const guests = () => site.db.select().from(users).all();

interface Step {
  location: string;
  cookies: Map<string, string>;
}

async function step(path: string, headers: Record<string, string> = {}): Promise<Step> {
  const request = new Request(new URL(path, "http://vigilio.test"), {
    headers: { "x-vigilio-peer": "192.0.2.7", ...headers },
  });
  const answer = await GET(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const cookies = answer.headers.getSetCookie().map((cookie): [string, string] => {
    const [pair = ""] = cookie.split(";");
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return { location: answer.headers.get("location") ?? "", cookies: new Map(cookies) };
}

/** Goes on as a browser does, as long as it is sent around here. */
async function browse(path: string, { keepsCookies = true, from = "192.0.2.7" } = {}) {
  const jar = new Map<string, string>();
  let location = path;
  let steps = 0;
  while (location.startsWith("/demo/enter")) {
    steps += 1;
    if (steps > 5) throw new Error("sent around without end");
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await step(location, { "x-vigilio-peer": from, ...(cookie ? { cookie } : {}) });
    if (keepsCookies) for (const [name, value] of answer.cookies) jar.set(name, value);
    location = answer.location;
  }
  return { location, session: jar.get("vigilio.session") };
}

describe("the way into a demo", () => {
  test("gives a browser an account and leads where it wanted to go", async () => {
    const { location, session } = await browse("/demo/enter?next=%2Fmovies%3Fsort%3Dtitle");
    expect(location).toBe("/movies?sort=title");
    const cookie = `vigilio.session=${session}`;
    expect(await userFromCookieHeader(site.db, cookie, new Date())).toMatchObject({
      role: "visitor",
      id: guests()[0]?.id,
    });
    // Whoever is in already gets no second account.
    expect((await step("/demo/enter?next=/history", { cookie })).location).toBe("/history");
    expect(guests()).toHaveLength(1);
  });

  test("gives none to what keeps no cookies, and says so", async () => {
    const { location } = await browse("/demo/enter?next=/movies", { keepsCookies: false });
    expect(location).toBe("/demo?next=%2Fmovies&cookies=none");
    expect((await browse("/demo/enter", { keepsCookies: false })).location).toBe(
      "/demo?cookies=none",
    );
    expect(guests()).toHaveLength(0);
  });

  test("gives none to a browser that only fetches ahead", async () => {
    const headers = { "sec-purpose": "prefetch", cookie: "vigilio.visit=1" };
    expect((await step("/demo/enter", headers)).location).toBe("/demo?");
    expect(guests()).toHaveLength(0);
  });

  test("never leads to another server", async () => {
    for (const next of ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:1"]) {
      const { location } = await browse(`/demo/enter?next=${encodeURIComponent(next)}`);
      expect(location).toBe("/");
    }
  });

  test("is closed to an address that had its share, whose network counts as one", async () => {
    const from = (at: number) => `2001:db8:1:2::${at.toString(16)}`;
    for (let at = 1; at <= 30; at += 1) await browse("/demo/enter", { from: from(at) });
    expect(guests()).toHaveLength(30);
    expect((await browse("/demo/enter", { from: from(99) })).location).toBe("/demo?");
    expect(guests()).toHaveLength(30);
    expect((await browse("/demo/enter", { from: "2001:db8:1:3::1" })).location).toBe("/");
  });

  test("leads past where there is no demo, or none any more", async () => {
    site[Symbol.dispose]();
    site = testSite();
    expect((await browse("/demo/enter?next=/movies")).location).toBe("/movies");
    switchDemo(site.db, { isOn: true, now: new Date() });
    await browse("/demo/enter");
    expect(guests()).toHaveLength(1);
    switchDemo(site.db, { isOn: false, now: new Date() });
    expect(site.db.select().from(settings).all()).toMatchObject([{ key: "demo", value: false }]);
    expect(guests()).toHaveLength(0);
  });
});
