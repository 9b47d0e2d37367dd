import { describe, expect, it } from "vitest";
import {
  durationText,
  languageText,
  listText,
  momentText,
  percentText,
  sizeText,
  speedText,
  timeLeft,
  workLeft,
  yearOf,
} from "./measures";

describe("sizes", () => {
  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [999_499, "999 kB"],
    [999_500, "1 MB"],
    [1_440_000_000, "1.4 GB"],
    [71_000_000_000, "71 GB"],
    [2_500_000_000_000, "2.5 TB"],
    [4_000_000_000_000_000, "4,000 TB"],
  ])("%d bytes are %s", (bytes, text) => expect(sizeText(bytes, "en")).toBe(text));

  it("are written in the reader's language", () => {
    expect(sizeText(1_440_000_000, "de")).toBe("1,4\u00a0GB");
    expect(speedText(1_440_000, "en")).toBe("1.4 MB/s");
    expect(speedText(1_440_000, "fr").replace(/\s/g, " ")).toBe("1,4 Mo/s");
    expect(speedText(0, "tr").replace(/\s/g, " ")).toBe("0 bayt/sn");
  });
});

describe("lengths of time", () => {
  it.each([
    [0, "0s"],
    [59.4, "59s"],
    [60, "1m"],
    [3570, "1h"],
    [6720, "1h 52m"],
    [90_000, "1d 1h"],
    [8_640_000, "100d"],
  ])("%d seconds are %s", (seconds, text) => expect(durationText(seconds, "en")).toBe(text));
});

it("a minute is left until a movie is over", () => {
  expect(timeLeft({ positionSeconds: 900, durationSeconds: 6180 }, "en")).toBe("1h 28m");
  expect(timeLeft({ positionSeconds: 6179, durationSeconds: 6180 }, "en")).toBe("1m");
  expect(timeLeft({ positionSeconds: 7000, durationSeconds: 6180 }, "en")).toBe("1m");
});

it("a share is whole only when it is done", () => {
  expect(percentText(0.999, "en")).toBe("99%");
  expect(percentText(1, "en")).toBe("100%");
  expect(percentText(-1, "en")).toBe("0%");
});

it("languages have names, and unknown ones none", () => {
  expect(languageText("pt-BR", "en")).toBe("Brazilian Portuguese");
  expect(languageText("und", "en")).toBeNull();
  expect(languageText("not a tag", "en")).toBe("not a tag");
});

it("a year comes from a date", () => {
  expect(yearOf("1925-06-26")).toBe("1925");
  expect(yearOf(null)).toBeNull();
  expect(yearOf("")).toBeNull();
});

it("lengths of time and lists are put together as a language does it", () => {
  const plain = (text: string) => text.replace(/\s/g, " ");
  expect(plain(durationText(6720, "de"))).toBe("1 Std., 52 Min.");
  expect(plain(durationText(6720, "fr"))).toBe("1h 52min");
  expect(plain(durationText(6720, "tr"))).toBe("1 sa. 52 dk.");
  expect(plain(workLeft(7500, "pt-BR"))).toBe("2 h 5 min");
  expect(listText(["A", "B", "C"], "en")).toBe("A, B, and C");
  expect(listText(["A", "B", "C"], "es")).toBe("A, B y C");
  expect(listText([], "de")).toBe("");
});

describe("moments", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  it.each([
    ["2026-03-01T11:59:30Z", "now"],
    ["2026-03-01T11:56:50Z", "3 min. ago"],
    ["2026-03-01T14:00:00Z", "in 2 hr."],
    ["2026-02-28T11:00:00Z", "yesterday"],
    ["2026-01-31T23:30:00Z", "Jan 31, 2026"],
  ])("%s is %s", (at, text) => expect(momentText(at, now, "en", "UTC")).toBe(text));

  it("are dated where the reader is", () => {
    expect(momentText("2026-01-31T23:30:00Z", now, "en", "Asia/Tokyo")).toBe("Feb 1, 2026");
  });
});

describe("work that is left", () => {
  it.each([
    [0, "1 min"],
    [95, "2 min"],
    [719, "12 min"],
    [3600, "1 hr"],
    [7500, "2 hr 5 min"],
  ])("%d seconds are %s", (seconds, text) => expect(workLeft(seconds, "en")).toBe(text));

  it("is written in the reader's language", () => {
    expect(workLeft(719, "tr")).toBe("12 dk.");
  });
});
