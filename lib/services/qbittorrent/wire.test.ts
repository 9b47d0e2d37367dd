import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toTorrent } from "./map";
import { MergedState } from "./snapshot";
import {
  wireAddAnswer,
  wireApiVersion,
  wireFiles,
  wireLog,
  wireMainData,
  wirePieceStates,
  wirePreferences,
  wireProperties,
  wireTorrentList,
} from "./wire";

const shared = process.env.VIGILIO_SHARED_DIR || join(process.cwd(), "..", "shared");
const recordings = join(shared, "contracts", "samples", "qbittorrent");
const isThere = existsSync(recordings);
if (!isThere) {
  console.warn(`SKIPPED: recorded answers of qBittorrent are not at ${recordings}`);
}

const schemas: [RegExp, { parse(answer: unknown): unknown }][] = [
  [/^info-/, wireTorrentList],
  [/^maindata-/, wireMainData],
  [/^files-/, wireFiles],
  [/^properties-/, wireProperties],
  [/^pieceStates-/, wirePieceStates],
  [/^log-main/, wireLog],
  [/^app-preferences/, wirePreferences],
];
const versions = isThere ? readdirSync(recordings).filter((name) => name.startsWith("v")) : [];

describe.runIf(isThere)("recorded answers", () => {
  it("are those of three versions", () => {
    expect(versions).toHaveLength(3);
  });

  describe.each(versions)("%s", (version) => {
    const read = (name: string) => readFileSync(join(recordings, version, name), "utf8");
    const json = (name: string): unknown => JSON.parse(read(name));

    it.each(
      readdirSync(join(recordings, version)).filter((name) =>
        schemas.some(([names]) => names.test(name)),
      ),
    )("%s", (name) => {
      const schema = schemas.find(([names]) => names.test(name))?.[1];
      expect(schema?.parse(json(name))).toBeDefined();
    });

    it("versions and answers to add", () => {
      expect(wireApiVersion.parse(read("app-webapiVersion.txt").trim())).toMatch(/^2\./);
      const added = wireAddAnswer.safeParse(read("add-magnet.response"));
      expect(added.success).toBe(version === "v5.3.0");
    });

    it("mean what they meant when they were recorded", () => {
      const [first] = wireTorrentList.parse(json("info-torrentfile-immediately-after-add.json"));
      if (!first) throw new Error("an empty recording");
      expect(toTorrent(first.hash, first)).toMatchObject({ isComplete: false, hasMetadata: true });
      const states = (name: string) =>
        wireTorrentList.parse(json(name)).map((row) => {
          const { state, isComplete, hasMetadata } = toTorrent(row.hash, row);
          return { state, isComplete, hasMetadata };
        });
      expect(states("info-magnet-metaDL.json")).toEqual([
        { state: "metadata", isComplete: false, hasMetadata: false },
      ]);
      expect(states("info-magnet-stopped-no-metadata.json")).toEqual([
        { state: "paused", isComplete: false, hasMetadata: false },
      ]);
      expect(states("info-completed.json")).toMatchObject([{ isComplete: true }]);
      expect(states("info-state-error.json")).toMatchObject([{ state: "failed" }]);
    });

    it("put together are the state after a change and a deletion", () => {
      const state = new MergedState();
      state.apply(wireMainData.parse(json("maindata-rid0-full.json")));
      expect(state.torrents()?.size).toBe(2);
      const delta = wireMainData.parse(json("maindata-delta.json"));
      state.apply(delta);
      const [hash, changes] = Object.entries(delta.torrents ?? {}).find(
        ([, torrent]) => torrent.progress !== undefined,
      ) ?? ["", {}];
      expect(changes.name).toBeUndefined();
      expect(state.torrents()?.get(hash)).toMatchObject({ ...changes, name: "Movie.Pack.2020" });
      state.apply(wireMainData.parse(json("maindata-delta-after-delete.json")));
      expect(state.torrents()?.size).toBe(1);
      expect(state.freeSpaceBytes).toBeGreaterThan(0);
      state.apply(wireMainData.parse(json("maindata-empty-rid0.json")));
      expect(state.torrents()?.size).toBe(0);
    });
  });
});
