import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET as getSheet } from "@/app/media/[name]/preview/[sheet]/route";
import { GET as getTrack } from "@/app/media/[name]/preview.vtt/route";
import { users, versions } from "@/db/schema";
import { signTicket } from "@/lib/auth/tickets";
import { readPreviewTrack } from "@/lib/versions/preview-track";
import { addMovieRow, addPerson, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

const token = "t".repeat(40);
const set = "5e70000000000001";
const hash = "aaaaaaaaaaaaaaaa";
const track = `WEBVTT\n\n00:00:00.000 --> 00:00:05.000\npreview/${hash}.jpg#xywh=0,0,284,160\n`;
let dataDir: string;
let site: TestSite;
let version: typeof versions.$inferSelect;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-previews-"));
  site = testSite({ VIGILIO_DATA_DIR: dataDir, VIGILIO_API_TOKEN: token });
  const movieId = addMovieRow(site.db, { title: "The Lantern" });
  version = addVersionRow(site.db, { movieId, previewSet: set });
  const folder = join(dataDir, "media", version.folder, "preview", set);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "track.vtt"), track);
  writeFileSync(join(folder, `${hash}.jpg`), "picture");
});
afterEach(() => {
  site[Symbol.dispose]();
  rmSync(dataDir, { recursive: true });
});

const asAdmin = { authorization: `Bearer ${token}` };

function ask(url: string, headers: Record<string, string> = asAdmin): Promise<Response> {
  const { href, pathname } = new URL(url, "http://vigilio.test");
  const request = new Request(href, { headers });
  const [, , name = "", , sheet = ""] = decodeURIComponent(pathname).split("/");
  if (pathname.endsWith("/preview.vtt")) {
    return getTrack(request, { params: Promise.resolve({ name }) });
  }
  return getSheet(request, { params: Promise.resolve({ name, sheet }) });
}

const trackUrl = () => `/media/${version.fileName}/preview.vtt`;
const sheetUrl = () => `/media/${version.fileName}/preview/${hash}.jpg`;

function ticketFor(subject: string): string {
  const userId = addPerson(site.db);
  const row = site.db.select().from(users).where(eq(users.id, userId)).get();
  const sessionVersion = row?.sessionVersion ?? 0;
  return signTicket({ subject, userId, sessionVersion, now: new Date() });
}

describe("previews of a film", () => {
  it("are a track that is asked for each time, and sheets that are kept for ever", async () => {
    const answer = await ask(trackUrl());
    expect(answer.headers.get("content-type")).toBe("text/vtt; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    expect(await answer.text()).toBe(track);
    const sheet = await ask(sheetUrl());
    expect(sheet.headers.get("content-type")).toBe("image/jpeg");
    expect(sheet.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(await sheet.text()).toBe("picture");
    for (const [url, { headers }] of [
      [trackUrl(), answer],
      [sheetUrl(), sheet],
    ] as const) {
      const again = await ask(url, { ...asAdmin, "if-none-match": headers.get("etag") ?? "" });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  it("are for nobody who may not see the film", async () => {
    const tickets = [ticketFor("0000000000000000"), "nonsense"];
    for (const url of [trackUrl(), sheetUrl()]) {
      expect((await ask(url, {})).status).toBe(401);
      expect((await ask(url, { authorization: "Bearer wrong" })).status).toBe(401);
      for (const ticket of tickets) {
        expect((await ask(`${url}?ticket=${ticket}`, {})).status).toBe(401);
      }
    }
  });

  it("come with the film's ticket, which the track hands on to the sheets", async () => {
    const ticket = ticketFor(version.fileName);
    const url = `${trackUrl()}?ticket=${ticket}`;
    const answer = await ask(url, {});
    expect(answer.headers.get("etag")).not.toContain(ticket);
    const [cue] = readPreviewTrack(await answer.text(), new URL(url, "http://vigilio.test").href);
    expect(new URL(cue?.sheet ?? "").pathname).toBe(sheetUrl());
    const sheet = await ask(cue?.sheet ?? "", {});
    expect([sheet.status, await sheet.text()]).toEqual([200, "picture"]);
  });

  it("are not there for other names, sheets of other forms, and films that are not ready", async () => {
    writeFileSync(join(dataDir, "media", version.folder, "preview", set, "secret.jpg"), "no");
    const at = (name: string, file: string) => `/media/${name}/preview/${encodeURIComponent(file)}`;
    const urls = [
      "/media/0000000000000000/preview.vtt",
      at("0000000000000000", `${hash}.jpg`),
      at(version.fileName, "secret.jpg"),
      at(version.fileName, "bbbbbbbbbbbbbbbb.jpg"),
      at(version.fileName, "track.vtt"),
    ];
    for (const url of urls) expect((await ask(url)).status).toBe(404);
    site.db.update(versions).set({ status: "processing" }).run();
    for (const url of [trackUrl(), sheetUrl()]) expect((await ask(url)).status).toBe(404);
    site.db.update(versions).set({ status: "ready", previewSet: null }).run();
    for (const url of [trackUrl(), sheetUrl()]) expect((await ask(url)).status).toBe(404);
  });
});
