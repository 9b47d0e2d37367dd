import { expect, it } from "vitest";
import { serviceState } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { isSpeedTested, saveFilmSpeed, saveSpeedTest, workSpeed } from "./work-speed";

const now = new Date("2026-03-01T10:00:00Z");
const madeWith = "ffmpeg x264 veryfast 2";

it("is what the test measured, until real films tell more", () => {
  using db = testDatabase();
  expect(workSpeed(db)).toBe(null);
  saveSpeedTest(db, { madeWith, speed: { picture: 2, sound: 50 }, now });
  expect(workSpeed(db)).toEqual({ picture: 2, sound: 50 });
  expect(isSpeedTested(db, madeWith)).toBe(true);
  expect(isSpeedTested(db, "ffmpeg x264 slow 2")).toBe(false);

  for (const speed of [1, 9, 1.5]) saveFilmSpeed(db, { madeWith, work: "picture", speed, now });
  saveFilmSpeed(db, { madeWith, work: "sound", speed: 80, now });
  saveFilmSpeed(db, { madeWith, work: "sound", speed: Number.NaN, now });
  expect(workSpeed(db)).toEqual({ picture: 1.5, sound: 80 });
});

it("is measured anew when films are made otherwise", () => {
  using db = testDatabase();
  saveFilmSpeed(db, { madeWith, work: "picture", speed: 3, now });
  saveSpeedTest(db, { madeWith: "ffmpeg x264 slow 2", speed: { picture: 1, sound: 50 }, now });
  expect(workSpeed(db)).toEqual({ picture: 1, sound: 50 });
});

it("is not known when what is stored is not understood", () => {
  using db = testDatabase();
  db.insert(serviceState).values({ key: "work-speed", value: "fast", updatedAt: now }).run();
  expect(workSpeed(db)).toBe(null);
});
