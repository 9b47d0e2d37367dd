import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { srtOf } from "@/tests/upstreams/subtitle-texts";
import { encodingChoices, encodingSamples } from "./encodings";

const turkish = {
  original: iconv.encode(srtOf("tr", 12), "windows-1254"),
  encoding: "windows-1254",
  language: "tr",
  framesPerSecond: null,
};

describe("how a subtitle reads in other encodings", () => {
  it("is shown by the same three lines of each, where they differ", () => {
    const samples = encodingSamples(turkish, "windows-1251");
    const now = samples.find(({ isCurrent }) => isCurrent);
    const asked = samples.find(({ encoding }) => encoding === "windows-1251");
    expect(now?.encoding).toBe("windows-1254");
    expect(now?.lines).toHaveLength(3);
    expect(asked?.lines).toHaveLength(3);
    now?.lines.forEach((line, place) => {
      expect(asked?.lines[place]).not.toBe(line);
      expect(asked?.lines[place]?.length).toBe(line.length);
    });
    expect(now?.lines.join(" ")).not.toMatch(/<|\n/);
  });

  it("offers no two ways to the same letters, and others when the language was told wrongly", () => {
    const samples = encodingSamples({ ...turkish, encoding: "windows-1252", language: "de" });
    expect(samples[0]).toMatchObject({ encoding: "windows-1252", isCurrent: true });
    const texts = samples.map(({ lines }) => lines.join("\n"));
    expect(new Set(texts).size).toBe(texts.length);
    expect(samples.length).toBeLessThanOrEqual(4);
    expect(samples.map(({ encoding }) => encoding)).toContain("windows-1254");
  });

  it("says where nothing can be read, and names no encoding twice", () => {
    const samples = encodingSamples(turkish, "utf-16le");
    expect(samples.find(({ encoding }) => encoding === "utf-16le")?.lines).toEqual([]);
    const again = encodingSamples(turkish, "WINDOWS-1254");
    expect(again.filter(({ encoding }) => encoding === "windows-1254")).toHaveLength(1);
    expect(again.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  });

  it("is nothing for bytes that are no text", () => {
    expect(encodingSamples({ ...turkish, original: Buffer.from("PK\x03\x04aaaa") })).toEqual([]);
  });

  it("can be chosen from all that subtitles are found in, each with its languages", () => {
    const choices = encodingChoices();
    const names = choices.map(({ encoding }) => encoding);
    expect(names).toEqual(expect.arrayContaining(["utf-8", "shift_jis", "koi8-r"]));
    expect(new Set(names).size).toBe(names.length);
    expect(choices.find(({ encoding }) => encoding === "windows-1254")?.languages).toContain("tr");
    for (const name of names) expect(iconv.encodingExists(name), name).toBe(name !== "iso-2022-jp");
  });
});
