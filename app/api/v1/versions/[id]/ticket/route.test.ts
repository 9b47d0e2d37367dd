import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { subtitles } from "@/db/schema";
import { signOutEverywhere } from "@/lib/users/mutations";
import { ticketView } from "@/lib/versions/schema";
import { fileCaller } from "@/lib/web/file-caller";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import { type TestSite, testSite } from "@/tests/support/site";
import { POST } from "./route";

const token = "a-token-of-thirty-two-characters-or-more";
const subtitleId = "fedcba9876543210";

let site: TestSite;
let admin: string;
let version: ReturnType<typeof addVersionRow>;
afterEach(() => site[Symbol.dispose]());

function open(environment: Record<string, string> = {}) {
  site = testSite({ VIGILIO_API_TOKEN: token, ...environment });
  admin = site.user("ada", "admin");
  version = addVersionRow(site.db, { movieId: addMovieRow(site.db, { title: "Heat" }) });
  site.db
    .insert(subtitles)
    .values({
      ...{ id: subtitleId, versionId: version.id, language: "en", source: "upload" },
      ...{ sourceKey: "1", createdAt: libraryStart, updatedAt: libraryStart },
    })
    .run();
}
beforeEach(() => open());

async function ask(id = version.id, headers: Record<string, string> = {}) {
  const request = new Request(`http://films.lan:3000/api/v1/versions/${id}/ticket`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, host: "films.lan:3000", ...headers },
  });
  return POST(request, { params: Promise.resolve({ id }) });
}
const issued = async () => ticketView.parse(await (await ask()).json());
const ticketOf = (url: string | undefined) =>
  new URL(url ?? "http://nowhere").searchParams.get("ticket") ?? "";

/** Who comes in with a ticket and nothing else. */
const enter = (value: string, subject: string, afterMs = 0) =>
  fileCaller(
    site.db,
    { authorization: undefined, cookie: undefined, ticket: { value, subject } },
    { env: site.env, now: new Date(Date.now() + afterMs) },
  );

describe("a ticket for a version", () => {
  it("comes as whole addresses, on the host that was asked", async () => {
    const response = await ask();
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const view = ticketView.parse(await response.json());
    expect(view.streamUrl).toMatch(
      new RegExp(`^http://films\\.lan:3000/media/${version.fileName}\\.mp4\\?ticket=[\\w.-]+$`),
    );
    expect(view.hlsUrl).toBeNull();
    expect(view.subtitles).toMatchObject([{ id: subtitleId }]);
    const hours = (Date.parse(view.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
  });

  it("names the public address where there is one", async () => {
    site[Symbol.dispose]();
    open({ VIGILIO_URL: "https://films.example" });
    expect((await issued()).streamUrl).toMatch(/^https:\/\/films\.example\/media\//);
  });

  it("opens that one file and no other", async () => {
    const {
      streamUrl,
      subtitles: [subtitle],
    } = await issued();
    const film = ticketOf(streamUrl);
    expect((await enter(film, version.fileName)).id).toBe(admin);
    await expect(enter(film, "0123456789abcdef")).rejects.toMatchObject({ status: 401 });
    await expect(enter(film, `subtitles/${subtitleId}`)).rejects.toMatchObject({ status: 401 });
    const text = ticketOf(subtitle?.url);
    expect((await enter(text, `subtitles/${subtitleId}`)).id).toBe(admin);
    await expect(enter(text, version.fileName)).rejects.toMatchObject({ status: 401 });
  });

  it("ends after twelve hours, and when its owner signs out everywhere", async () => {
    const ticket = ticketOf((await issued()).streamUrl);
    await expect(enter(ticket, version.fileName, 12.1 * 3_600_000)).rejects.toMatchObject({
      status: 401,
    });
    signOutEverywhere(site.db, { userId: admin, keepSessionId: null });
    await expect(enter(ticket, version.fileName)).rejects.toMatchObject({ status: 401 });
  });

  it("is for what can be played, and for who is signed in", async () => {
    expect((await ask("0".repeat(16))).status).toBe(404);
    const making = addVersionRow(site.db, { movieId: version.movieId, status: "processing" });
    expect((await ask(making.id)).status).toBe(409);
    expect((await ask(version.id, { authorization: "Bearer wrong" })).status).toBe(401);
  });
});
