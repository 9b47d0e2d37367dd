import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/versions/[id]/route";
import { POST } from "@/app/api/v1/versions/[id]/smaller/route";
import { jobs, versions } from "@/db/schema";
import { deleteVersion } from "@/lib/movies/remove";
import { addMovieRow, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

const token = "t".repeat(40);
let site: TestSite;
let movieId: string;
beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: token });
  site.user("ann", "admin");
  movieId = addMovieRow(site.db, { title: "The Lantern" });
});
afterEach(() => site[Symbol.dispose]());

async function ask(id: string, body: unknown, authorization = `Bearer ${token}`) {
  const request = new Request(`http://vigilio.test/api/v1/versions/${id}/smaller`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await POST(request, { params: Promise.resolve({ id }) });
  return { status: answer.status, body: await answer.json() };
}
async function view(id: string) {
  const request = new Request(`http://vigilio.test/api/v1/versions/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await GET(request, { params: Promise.resolve({ id }) })).json();
}
const rows = () => site.db.select().from(versions).all();

describe("POST /api/v1/versions/{id}/smaller", () => {
  it("answers with the job of a new version, which tells what it is made of", async () => {
    const { id } = addVersionRow(site.db, { movieId, movieHash: "h", releaseName: "r" });
    const { status, body } = await ask(id, { height: 720 });
    expect(status).toBe(202);
    const job = site.db.select().from(jobs).where(eq(jobs.id, body.jobId)).get();
    expect(job).toMatchObject({ kind: "make-version", status: "queued", lane: "cpu", movieId });
    const made = rows().find((row) => row.id !== id);
    expect(job?.payload).toEqual({ versionId: made?.id, movieId });
    expect(made).toMatchObject({ movieHash: "h", releaseName: "r" });
    expect(await view(made?.id ?? "")).toMatchObject({
      status: "queued",
      madeFrom: { versionId: id, kind: "smaller", height: 720 },
      streamUrl: null,
    });
  });

  it("refuses what is no height, and what is not smaller", async () => {
    const { id } = addVersionRow(site.db, { movieId, width: 1280, height: 536 });
    for (const body of [{ height: 1080 }, { height: "720" }, {}]) {
      expect((await ask(id, body)).status).toBe(422);
    }
    const { status, body } = await ask(id, { height: 720 });
    expect(status).toBe(422);
    expect(body.errors.height).toContain("720");
    expect(rows()).toHaveLength(1);
    expect((await ask(id, { height: 480 })).status).toBe(202);
  });

  it("refuses a height that is there, from wherever, or in the making", async () => {
    const { id } = addVersionRow(site.db, { movieId });
    addVersionRow(site.db, { movieId, width: 1280, height: 534 });
    expect((await ask(id, { height: 720 })).status).toBe(409);
    expect((await ask(id, { height: 480 })).status).toBe(202);
    const { status, body } = await ask(id, { height: 480 });
    expect([status, body.type]).toEqual([409, "/problems/smaller-exists"]);
    expect(rows()).toHaveLength(3);
  });

  it("refuses what is not ready or not there", async () => {
    const { id } = addVersionRow(site.db, { movieId, status: "processing" });
    expect((await ask(id, { height: 480 })).status).toBe(409);
    expect((await ask("0".repeat(16), { height: 480 })).status).toBe(404);
    expect((await ask(id, { height: 480 }, "Bearer wrong")).status).toBe(401);
    expect(rows()).toHaveLength(1);
  });
});

describe("deleting a version", () => {
  it("takes what is only being made of it along, and leaves what was made", async () => {
    const { id } = addVersionRow(site.db, { movieId });
    const made = addVersionRow(site.db, { movieId, sourceKind: "smaller", madeFromId: id });
    const { body } = await ask(id, { height: 480 });
    deleteVersion(site.db, id, new Date());
    expect(rows().map((row) => [row.id, row.madeFromId])).toEqual([[made.id, null]]);
    const job = site.db.select().from(jobs).where(eq(jobs.id, body.jobId)).get();
    expect(job?.status).toBe("cancelled");
  });
});
