import { afterEach, beforeEach, expect, it } from "vitest";
import { downloads } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, countStatements, libraryStart } from "@/tests/support/library";
import { apiHashOf, downloadOf, listDownloads } from "./data";
import { downloadView } from "./schema";

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

const say = ({ code }: { code: string }) => `said: ${code}`;

function addDownload(
  row: Partial<typeof downloads.$inferInsert> = {},
  movie: Parameters<typeof addMovieRow>[1] = { title: "Heat" },
): string {
  const movieId = addMovieRow(db, movie);
  const id = randomId();
  db.insert(downloads)
    .values({
      id,
      movieId,
      versionId: addVersionRow(db, { movieId, status: "downloading" }).id,
      tag: `vigilio-${id}`,
      magnet: "magnet:?xt=urn:btih:secret",
      name: "Heat.1995",
      state: "downloading",
      addedAt: libraryStart,
      updatedAt: libraryStart,
      ...row,
    })
    .run();
  return id;
}

it("calls a torrent by its v1 hash, else by the beginning of v2", () => {
  const [infoHashV1, infoHashV2] = ["a".repeat(40), `${"b".repeat(40)}${"c".repeat(24)}`];
  expect(apiHashOf({ infoHashV1, infoHashV2 })).toBe(infoHashV1);
  expect(apiHashOf({ infoHashV1: null, infoHashV2 })).toBe("b".repeat(40));
  expect(apiHashOf({ infoHashV1: null, infoHashV2: null })).toBeNull();
});

it("lists torrents newest first, in words, without those in the bin or anything secret", () => {
  addDownload({ progress: 1.0000001, state: "stalled", reason: { code: "no-seeds" } });
  addDownload({ name: "Newer", addedAt: new Date(libraryStart.getTime() + 1000) });
  addDownload({ name: "Gone" }, { title: "Gone", binnedAt: libraryStart });
  const page = listDownloads(db, { page: 1, pageSize: 20 }, say);
  expect(page.total).toBe(2);
  expect(page.items.map(({ name }) => name)).toEqual(["Newer", "Heat.1995"]);
  expect(page.items[1]).toMatchObject({
    movieTitle: "Heat",
    stateDetail: "said: no-seeds",
    progress: 1,
  });
  for (const item of page.items) downloadView.parse(item);
  expect(JSON.stringify(page)).not.toContain("magnet");
});

it("pages in one statement, past the end in two", () => {
  for (let index = 0; index < 30; index += 1) addDownload();
  const page = (number: number) => listDownloads(db, { page: number, pageSize: 20 }, say);
  expect(page(2).items).toHaveLength(10);
  expect(page(3)).toMatchObject({ items: [], total: 30 });
  expect(countStatements(db, () => page(1))).toBe(1);
  expect(countStatements(db, () => page(3))).toBe(2);
});

it("reads one download, or null when it was deleted", () => {
  const id = addDownload({ infoHashV1: "a".repeat(40) });
  expect(downloadOf(db, id, say)).toMatchObject({ infoHash: "a".repeat(40), name: "Heat.1995" });
  expect(downloadOf(db, randomId(), say)).toBeNull();
});
