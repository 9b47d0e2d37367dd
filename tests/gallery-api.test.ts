import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refreshGalleries } from "@/jobs/refresh-galleries";
import { askGallery, followGallery, voteForEntry } from "@/lib/galleries/commands";
import { galleriesToRefresh, galleryById, galleryViews, publishedOf } from "@/lib/galleries/data";
import { digestOf } from "@/lib/galleries/digest";
import { copyEntry } from "@/lib/galleries/mutations";
import { publishSource } from "@/lib/galleries/publishing";
import { galleryIndex } from "@/lib/galleries/schema";
import { saveSettings } from "@/lib/settings/mutations";
import { testSource } from "@/lib/sources/commands";
import { sourceById } from "@/lib/sources/data";
import { searchPlaceholder } from "@/lib/sources/definition";
import { createSource } from "@/lib/sources/mutations";
import { testDatabase } from "./support/database";
import { type Ask, startGalleryServer } from "./support/gallery-server";
import { type TestSite, testSite } from "./support/site";
import { startStandIn } from "./upstreams/server";

const now = new Date("2026-11-01T20:00:00Z");
const definition = {
  version: 1,
  apiUrl: "https://films.example/?q=$" + "{searchInput}",
  parsers: [{ key: "title", value: "m.0.title" }],
};

let site: TestSite;
beforeEach(() => {
  site = testSite();
});
afterEach(() => site[Symbol.dispose]());

const set = (patch: Record<string, unknown>) =>
  saveSettings(site.db, { patch, env: site.env, now });

/** Publishes a source; the id of its votes. */
function publish(name = "Lantern films", asked: object = definition): string {
  set({ galleryPublished: true });
  const given = { name, kind: "schema" as const, definition: asked, enabled: true, now };
  const sourceId = createSource(site.db, given);
  const told = { description: "Invented", author: "Ada", legalNote: null };
  publishSource(site.db, { sourceId, digest: digestOf(asked), keys: {}, ...told, now });
  return publishedOf(site.db, sourceId)?.id ?? "";
}

type Server = Awaited<ReturnType<typeof startGalleryServer>>;

const vote = (server: Server, id: string, ask: Ask = {}, up = true) =>
  server.ask(`/gallery/${id}/vote`, {
    method: "POST",
    body: JSON.stringify({ up }),
    ...ask,
    headers: { "content-type": "application/json", ...ask.headers },
  });

describe("the public index", () => {
  it("is nowhere until it is switched on, and tells what was chosen alone", async () => {
    await using server = await startGalleryServer();
    const id = publish();
    set({ galleryPublished: false, galleryName: "Ada's lamps" });
    const read = () => server.ask("/gallery/index.json");
    expect((await read()).status).toBe(404);
    expect((await vote(server, id)).status).toBe(404);
    set({ galleryPublished: true });
    const answer = await read();
    expect(answer).toMatchObject({
      status: 200,
      headers: { "x-robots-tag": "noindex", "content-type": expect.stringContaining("json") },
    });
    const index = galleryIndex.parse(JSON.parse(answer.text));
    expect(index).toMatchObject({
      ...{ format: "vigilio-gallery", version: 1, name: "Ada's lamps" },
      sources: [{ id, name: "Lantern films", author: "Ada", score: { up: 0, down: 0 } }],
    });
    expect(Object.keys(index).sort()).toEqual("format name sources updatedAt version".split(" "));
  });

  it("is sent again only when something changed, votes too", async () => {
    await using server = await startGalleryServer();
    const id = publish();
    const { headers } = await server.ask("/gallery/index.json");
    const known = { headers: { "if-none-match": String(headers.etag) } };
    expect(await server.ask("/gallery/index.json", known)).toMatchObject({ status: 304, text: "" });
    await vote(server, id);
    expect((await server.ask("/gallery/index.json", known)).status).toBe(200);
  });

  it("is not read without end by one address", async () => {
    await using server = await startGalleryServer();
    publish();
    const read = (from: string) => server.ask("/gallery/index.json", { from });
    const answers = await Promise.all(Array.from({ length: 70 }, () => read("127.0.9.1")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect((await read("127.0.9.2")).status).toBe(200);
  });
});

describe("a visitor's vote", () => {
  it("counts once a day, whatever the visitor says about being forwarded", async () => {
    await using server = await startGalleryServer();
    const id = publish();
    const first = await vote(server, id, { from: "127.0.1.1" });
    expect(JSON.parse(first.text)).toEqual({ score: { up: 1, down: 0 } });
    const again = await vote(server, id, {
      from: "127.0.1.1",
      headers: { "x-forwarded-for": "192.0.2.8", "x-vigilio-peer": "192.0.2.9" },
    });
    expect(again.status).toBe(429);
    expect(JSON.parse(again.text)).toMatchObject({ type: "/problems/gallery-voted" });
    expect((await vote(server, id, { from: "127.0.1.2" }, false)).text).toContain('"down":1');
  });

  it("is counted by whom a trusted proxy names, and by the network of an IPv6 host", async () => {
    await using server = await startGalleryServer({ trustProxy: true });
    const id = publish();
    let claimed = 0;
    const status = async (client: string) => {
      claimed += 1;
      const headers = { "x-forwarded-for": `203.0.113.${claimed}, ${client}` };
      return (await vote(server, id, { headers })).status;
    };
    expect(await status("192.0.2.1")).toBe(200);
    expect(await status("192.0.2.2")).toBe(200);
    expect(await status("192.0.2.1")).toBe(429);
    expect(await status("2001:db8:1:2::1")).toBe(200);
    expect(await status("2001:db8:1:2:ffff::9")).toBe(429);
    expect(await status("2001:db8:1:3::1")).toBe(200);
  });

  it("is taken from our own page and from servers, and not from another site", async () => {
    await using server = await startGalleryServer();
    const id = publish();
    const status = async (from: string, headers: Record<string, string>) =>
      (await vote(server, id, { from, headers })).status;
    expect(await status("127.0.2.1", { origin: "https://evil.example" })).toBe(403);
    expect(await status("127.0.2.1", { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status("127.0.2.1", { origin: "null" })).toBe(403);
    expect(await status("127.0.2.1", { origin: server.origin })).toBe(200);
    expect(await status("127.0.2.2", { "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await status("127.0.2.3", {})).toBe(200);
  });

  it("goes back to the page when a form sent it, the second one too", async () => {
    await using server = await startGalleryServer();
    const id = publish();
    const body = '--x\r\nContent-Disposition: form-data; name="up"\r\n\r\ntrue\r\n--x--\r\n';
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const send = () => vote(server, id, { from: "127.0.3.1", headers, body });
    const location = (outcome: string) => `/gallery?vote=${outcome}&source=${id}#${id}`;
    expect(await send()).toMatchObject({ status: 303, headers: { location: location("counted") } });
    expect(await send()).toMatchObject({ status: 303, headers: { location: location("again") } });
  });

  it("is refused in demo mode, and for what is not published", async () => {
    await using server = await startGalleryServer();
    const id = publish();
    expect((await vote(server, "0".repeat(16))).status).toBe(404);
    expect((await vote(server, "elsewhere")).status).toBe(404);
    site[Symbol.dispose]();
    site = testSite({ DEMO: "true" });
    expect((await vote(server, id)).status).toBe(403);
  });
});

describe("following", () => {
  const context = (db: ReturnType<typeof testDatabase>, at = now) => ({ db, now: () => at });

  it("finds the gallery at its host, its page and its index", async () => {
    await using server = await startGalleryServer();
    publish();
    for (const path of ["", "/gallery", "/gallery/index.json"]) {
      using db = testDatabase();
      const address = `${server.origin}${path}`.replace("http://", "");
      const { id } = await followGallery(context(db), { address });
      expect(galleryById(db, id)).toMatchObject({
        url: `${server.origin}/gallery/index.json`,
        privateHost: new URL(server.origin).host,
        entries: [{ name: "Lantern films" }],
      });
      await expect(followGallery(context(db), { address })).rejects.toMatchObject({
        fields: { address: { code: "gallery-known" } },
      });
    }
  });

  it("says why there is none", async () => {
    await using server = await startGalleryServer();
    using db = testDatabase();
    const codeOf = async (address: string) => {
      const error = await followGallery(context(db), { address }).catch((thrown) => thrown);
      return error.fields.address.code;
    };
    expect(await codeOf(server.origin)).toBe("gallery-none");
    expect(await codeOf("ftp://a.example")).toBe("gallery-address");
    expect(await codeOf("http://127.0.0.1:9")).toBe("gallery-unreachable");
    const newer = await startStandIn(() => ({
      ...{ status: 200, body: { format: "vigilio-gallery", version: 2, lamps: [] } },
    }));
    expect(await codeOf(newer.origin)).toBe("gallery-newer");
    // What is found may not lead back into the own network from elsewhere.
    const astray = await startStandIn(() => ({
      ...{ status: 302, headers: { location: "http://169.254.169.254/" } },
    }));
    expect(await codeOf(astray.origin)).toBe("gallery-private");
    expect(galleryViews(db, { say: ({ code }) => code })).toEqual([]);
    await Promise.all([newer.close(), astray.close()]);
  });

  it("asks once a day, keeps what it had when that fails, and says so", async () => {
    using db = testDatabase();
    const server = await startGalleryServer();
    publish();
    const { id } = await followGallery(context(db), { address: server.origin });
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    publish("Night films");
    await refreshGalleries(context(db, at(23)));
    expect(galleryById(db, id)?.entries).toHaveLength(1);
    await refreshGalleries(context(db, at(24)));
    expect(galleryById(db, id)).toMatchObject({ fetchedAt: at(24), lastError: null });
    expect(galleryById(db, id)?.entries).toHaveLength(2);
    // The same again is not sent, and counts as a look.
    expect(await askGallery(context(db, at(25)), id)).toBeNull();
    expect(galleryById(db, id)).toMatchObject({ fetchedAt: at(25) });

    await server[Symbol.asyncDispose]();
    expect(await askGallery(context(db, at(30)), id)).toEqual({ code: "gallery-unreachable" });
    const failed = galleryById(db, id);
    expect(failed).toMatchObject({ failedAt: at(30), lastError: { code: "gallery-unreachable" } });
    expect(failed?.entries).toHaveLength(2);
    expect(galleriesToRefresh(db, at(53))).toEqual([]);
    expect(galleriesToRefresh(db, at(54))).toHaveLength(1);
  });

  it("hands a vote on, and knows when it was the second", async () => {
    await using server = await startGalleryServer();
    using db = testDatabase();
    const entryId = publish();
    const { id: galleryId } = await followGallery(context(db), { address: server.origin });
    const cast = (up: boolean) => voteForEntry(context(db), { galleryId, entryId, up });
    expect(await cast(true)).toEqual({ up: 1, down: 0 });
    expect(galleryById(db, galleryId)?.entries[0]?.score).toEqual({ up: 1, down: 0 });
    expect(await cast(false)).toBeNull();
    set({ galleryPublished: false });
    await expect(cast(true)).rejects.toMatchObject({ reason: { code: "gallery-no-votes" } });
  });

  it("never lets a gallery's source into the own network: not to look at, not as a copy", async () => {
    await using server = await startGalleryServer();
    using db = testDatabase();
    const inside = await startStandIn(() => ({ status: 200, body: { m: [{ title: "Inside" }] } }));
    const asked = { ...definition, apiUrl: `${inside.origin}/?q=${searchPlaceholder}` };
    const entryId = publish("Inside", asked);
    const { id: galleryId } = await followGallery(context(db), { address: server.origin });
    const say = ({ code }: { code: string }) => code;
    const tryAs = (given: { definition: typeof asked; galleryId?: string | undefined }) =>
      testSource(
        { ...context(db), env: site.env, say },
        // biome-ignore lint/suspicious/noExplicitAny: parsed by the action, which is not asked here
        { kind: "schema", query: "a", ...given } as any,
        { signal: new AbortController().signal },
      );
    const entry = galleryById(db, galleryId)?.entries[0];
    expect(await tryAs({ definition: asked, galleryId })).toMatchObject({
      ...{ results: [], problems: ["source-private-address"] },
    });
    const { sourceId } = copyEntry(db, { galleryId, entryId, now });
    const copy = sourceById(db, sourceId);
    expect(copy?.definition).toEqual(entry?.schema);
    expect(
      await tryAs({ definition: asked, galleryId: copy?.galleryId ?? undefined }),
    ).toMatchObject({
      problems: ["source-private-address"],
    });
    expect(inside.requests).toEqual([]);
    // The same, typed by an admin, may.
    expect((await tryAs({ definition: asked })).results).toMatchObject([{ title: "Inside" }]);
    await inside.close();
  });
});
