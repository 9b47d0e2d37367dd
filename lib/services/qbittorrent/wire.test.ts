import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toTorrent } from "./map";
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
  });
});
