import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import type { NextApiRequest, NextApiResponse } from "next";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { movies, users, versions } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { signTicket } from "@/lib/auth/tickets";
import handler from "@/pages/api/media";
import { addMovieRow, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

const token = "t".repeat(40);
const content = randomBytes(100_000);
const mediaDir = mkdtempSync(join(tmpdir(), "vigilio-media-"));
// The route as Next mounts it: behind the rewrite of /media/<name>.mp4, with the query parsed.
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "", "http://vigilio.test");
  const name = /^\/media\/(.*)\.mp4$/.exec(url.pathname)?.[1] ?? "";
  const query = { ...Object.fromEntries(url.searchParams), name: decodeURIComponent(name) };
  void handler(
    Object.assign(request, { query }) as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
  );
});

let site: TestSite;
let name: string;
let versionId: string;
let movieId: string;
let origin: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  site = testSite({ VIGILIO_MEDIA_DIR: mediaDir, VIGILIO_API_TOKEN: token });
  movieId = addMovieRow(site.db, { title: "Amélie", releaseYear: 2001 });
  const version = addVersionRow(site.db, { movieId });
  ({ fileName: name, id: versionId } = version);
  mkdirSync(join(mediaDir, version.folder));
  writeFileSync(join(mediaDir, version.folder, `${name}.mp4`), content);
});
afterEach(() => site[Symbol.dispose]());
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(mediaDir, { recursive: true });
});

const bearer = { authorization: `Bearer ${token}` };
const ask = (headers: Record<string, string> = {}, query = "", file = name) =>
  fetch(`${origin}/media/${file}.mp4${query}`, { headers });

async function cookie(): Promise<string> {
  const userId = site.user("ann", "member");
  const claims = startSession(site.db, {
    ...{ userId, sessionVersion: 1, userAgent: null, address: null },
    now: new Date(),
  });
  return `vigilio.session=${await sealSession(claims)}`;
}

describe("/media/{name}.mp4", () => {
  it("is for nobody who is not signed in, whether it exists or not", async () => {
    for (const file of [name, "0".repeat(16)]) {
      const answer = await ask({}, "", file);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect(await answer.json()).toMatchObject({ status: 401, type: "/problems/sign-in-needed" });
    }
    expect((await ask({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await ask({ cookie: "vigilio.session=x" })).status).toBe(401);
  });

  it("streams to a signed-in device and to a token", async () => {
    for (const headers of [{ cookie: await cookie() }, bearer]) {
      const whole = await ask(headers);
      expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "video/mp4"]);
      expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
      const part = await ask({ ...headers, range: "bytes=100-199" });
      expect([part.status, part.headers.get("content-range")]).toEqual([
        206,
        "bytes 100-199/100000",
      ]);
      expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(100, 200))).toBe(true);
    }
  });

  it("opens to a ticket for this file until the password changes", async () => {
    const userId = site.user("ann", "member");
    const sign = (subject: string) =>
      signTicket({ subject, userId, sessionVersion: 1, now: new Date() });
    const good = `?ticket=${sign(name)}`;
    expect((await ask({}, good)).status).toBe(200);
    expect((await ask({}, `?ticket=${sign("0".repeat(16))}`)).status).toBe(401);
    expect((await ask({}, `${good}x`)).status).toBe(401);
    site.db.update(users).set({ sessionVersion: 2 }).where(eq(users.id, userId)).run();
    expect((await ask({}, good)).status).toBe(401);
  });

  it("refuses somebody who has to change their password first", async () => {
    const headers = { cookie: await cookie() };
    site.db.update(users).set({ mustChangePassword: true }).run();
    expect((await ask(headers)).status).toBe(403);
  });

  it("is 404 for what is not ready, lies in the bin, or is no name of ours", async () => {
    site.db.update(versions).set({ status: "processing" }).run();
    expect((await ask(bearer)).status).toBe(404);
    site.db.update(versions).set({ status: "ready" }).run();
    site.db.update(movies).set({ binnedAt: new Date() }).run();
    expect((await ask(bearer)).status).toBe(404);
    for (const file of ["0".repeat(16), "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "a'b"]) {
      expect((await ask(bearer, "", file)).status).toBe(404);
    }
  });

  it("says so when the file is missing from the disk", async () => {
    site.db
      .update(versions)
      .set({ folder: "f".repeat(16) })
      .where(eq(versions.id, versionId))
      .run();
    const answer = await ask(bearer);
    expect([answer.status, answer.headers.get("etag")]).toEqual([404, null]);
    const text = await answer.text();
    expect(text).toContain('"/problems/media-file-missing"');
    expect(text).not.toContain(mediaDir);
  });

  it("names a download after the movie", async () => {
    const answer = await ask(bearer, "?download=1");
    expect(answer.headers.get("content-disposition")).toBe(
      "attachment; filename=\"Amelie (2001).mp4\"; filename*=UTF-8''Am%C3%A9lie%20%282001%29.mp4",
    );
    expect((await ask(bearer)).headers.get("content-disposition")).toBeNull();
  });

  it("answers HEAD, and nothing that changes", async () => {
    const head = await fetch(`${origin}/media/${name}.mp4`, { method: "HEAD", headers: bearer });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "100000"]);
    const post = await fetch(`${origin}/media/${name}.mp4`, { method: "POST", headers: bearer });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});
