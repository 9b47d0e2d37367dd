import { linkSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeMatch } from "@/lib/imports/commands";
import { createScan, matchAgain } from "@/lib/imports/mutations";
import { type ImportStage, importStage } from "@/tests/support/import-stage";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { films, imdbIdOf, titleOf, tmdbIdOf } from "@/tests/upstreams/films";
import { startTmdb, type TmdbStandIn } from "@/tests/upstreams/tmdb";

const [salt, q, , boats, sky] = films;
if (!salt || !q || !boats || !sky) throw new Error("the library has too few films");

let tmdb: TmdbStandIn;
let stage: ImportStage;
beforeAll(async () => {
  tmdb = await startTmdb();
});
afterAll(() => tmdb.close());
beforeEach(() => {
  tmdb.failAlways(null);
  stage = importStage(tmdb);
});
afterEach(() => stage[Symbol.dispose]());

const matches = (scanId: string) =>
  stage.rowsOf(scanId).map(({ match }) => `${match.kind} ${match.title} ${match.year}`);

describe("a scan", () => {
  it.each([
    ["The Salt Cartographer (2021).mkv", "sure The Salt Cartographer 2021"],
    ["The.Salt.Cartographer.2022.1080p.mkv", "sure The Salt Cartographer 2021"],
    ["The Salt Cartographer (2021)/movie.mkv", "sure The Salt Cartographer 2021"],
    ["Tuzun Haritacısı (2021).mkv", "unsure The Salt Cartographer 2021"],
    ["Gravel Sky.mkv", "unsure Gravel Sky 2022"],
    ["Boats (2023).mkv", "unsure Paper Boats at Midnight 2023"],
    ["The Salt Cartographer (1955).mkv", "unsure The Salt Cartographer 2021"],
    [`Anything at all {imdb-${imdbIdOf(sky)}}.mkv`, "sure Gravel Sky 2022"],
    [`Anything at all [tmdbid-${tmdbIdOf(q)}].mkv`, "sure Q 2019"],
    ["Anything at all {imdb-tt0000001}.mkv", "none null null"],
    ["Nobody Made This (1999).mkv", "none null null"],
  ])("matches %s: %s", async (path, match) => {
    stage.put(path);
    expect(matches(await stage.scan())).toEqual([match]);
  });

  it("has the posters that TMDB names, under an address of our own", async () => {
    stage.put("The Salt Cartographer (2021).mkv");
    const [row] = stage.rowsOf(await stage.scan());
    expect(row?.match.posterUrl).toBe(`/images/import/${row?.id}?film=${tmdbIdOf(salt)}`);
  });

  it("leaves Vigilio's own folders out, whatever the environment names", async () => {
    const { env } = stage.stage;
    env.values.VIGILIO_IMPORT_DIRS = [stage.folder];
    stage.put("Q (2019).mkv");
    Object.assign(env, { mediaDir: join(stage.folder, "vigilio") });
    stage.put("vigilio/0123456789abcdef/0123456789abcdef.mp4");
    expect(stage.rowsOf(await stage.scan()).map(({ name }) => name)).toEqual(["Q (2019).mkv"]);
  });

  it("knows what is in the library by what it is on the disk, and by name and size", async () => {
    const { db, file } = stage.stage;
    const movieId = addMovieRow(db, { title: titleOf(salt), tmdbId: tmdbIdOf(salt) });
    const linked = file("elsewhere/a.mkv", "the same bytes");
    const version = addVersionRow(db, { movieId, sourcePath: linked });
    linkSync(linked, join(stage.folder, "Other Name (2021).mkv"));
    const copied = addVersionRow(db, {
      movieId,
      ...{ sourcePath: "/gone/copied.mkv", sourceSizeBytes: 5 },
    });
    stage.put("copied.mkv", "12345");
    stage.put("copied twice.mkv", "12345");
    stage.put("The Salt Cartographer (2021).mkv");
    const rows = stage.rowsOf(await stage.scan());
    expect(rows.map(({ name, state, versionId }) => [name, state, versionId])).toEqual([
      ["The Salt Cartographer (2021).mkv", "open", null],
      ["copied twice.mkv", "open", null],
      ["Other Name (2021).mkv", "in-library", version.id],
      ["copied.mkv", "in-library", copied.id],
    ]);
    // Another file of a film that is there.
    expect(rows[0]?.movieId).toBe(movieId);
  });

  it("says why it failed", async () => {
    rmSync(stage.folder, { recursive: true });
    const { db } = stage.stage;
    const begun = { folder: stage.folder, startedBy: null, now: new Date() };
    const { scanId } = createScan(db, begun);
    await stage.goOn(scanId);
    expect(stage.viewOf(scanId)).toMatchObject({
      status: "failed",
      detail: "import-folder-missing",
    });
  });
});

describe("scanning again", () => {
  it("keeps what is known of a file, whatever it is called now, and asks about the rest", async () => {
    const path = stage.put("Boats.mkv");
    stage.put("Gravel Sky (2022).mkv");
    const first = await stage.scan();
    const boat = stage.rowsOf(first).find(({ name }) => name === "Boats.mkv");
    const { db, context } = stage.stage;
    await changeMatch(
      { db, services: context.services, now: new Date() },
      { scanId: first, fileId: boat?.id ?? "", film: { tmdbId: tmdbIdOf(q) } },
    );
    renameSync(path, join(stage.folder, "Renamed.mkv"));
    stage.put("Paper Boats at Midnight (2023).mkv");
    const from = tmdb.requests.length;
    const again = await stage.scan();
    expect(matches(again)).toEqual([
      "sure Paper Boats at Midnight 2023",
      "sure Gravel Sky 2022",
      "chosen Q 2019",
    ]);
    expect(tmdb.requests.length - from).toBe(1);
    expect(stage.viewOf(again)).toMatchObject({ newFilms: 1, films: 3 });
  });

  it("does not take a file for another one that got its inode's number", async () => {
    stage.put("Gravel Sky (2022).mkv", "one");
    await stage.scan();
    rmSync(join(stage.folder, "Gravel Sky (2022).mkv"));
    stage.put("Q (2019).mkv", "another");
    expect(matches(await stage.scan())).toEqual(["sure Q 2019"]);
  });

  it("asks once about the same name", async () => {
    for (const shelf of ["a", "b", "c"]) stage.put(`${shelf}/Gravel Sky (2022).mkv`);
    const from = tmdb.requests.length;
    await stage.scan();
    expect(tmdb.requests.length - from).toBe(1);
  });
});

describe("TMDB", () => {
  it("may be down: the scan is over, and asks again when it is told to", async () => {
    for (let at = 0; at < 20; at += 1) stage.put(`${at}/Gravel Sky (2022) ${at}.mkv`);
    stage.put("Q (2019).mkv");
    tmdb.failAlways({ status: 401, body: "{}" });
    const from = tmdb.requests.length;
    const scanId = await stage.scan();
    expect(stage.viewOf(scanId)).toMatchObject({
      ...{ status: "done", detail: "tmdb-credentials", films: 21 },
      groups: { ready: 0, check: 21 },
    });
    // Nobody is asked twenty-one times who refused once.
    expect(tmdb.requests.length - from).toBeLessThanOrEqual(4);
    tmdb.failAlways(null);
    matchAgain(stage.stage.db, scanId, new Date());
    await stage.goOn(scanId);
    expect(stage.viewOf(scanId)).toMatchObject({ detail: null, groups: { ready: 21, check: 0 } });
  });

  it("may have no key", async () => {
    using without = importStage();
    without.put("Gravel Sky (2022).mkv");
    const scanId = await without.scan();
    expect(without.viewOf(scanId)).toMatchObject({ status: "done", detail: "tmdb-no-key" });
    const row = await without.take(scanId, "Gravel Sky (2022).mkv");
    expect(row).toMatchObject({ state: "imported", versionStatus: "queued" });
  });
});
