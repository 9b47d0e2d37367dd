import { describe, expect, it } from "vitest";
import { previewGrid } from "./previews";

const hd = { width: 1920, height: 1080 };

describe("how many pictures a film gets", () => {
  it.each([
    ["half a second", 0.5, 2, 1],
    ["twenty seconds", 20, 2, 10],
    ["ten minutes", 600, 6, 100],
    ["two hours", 7200, 10, 720],
    ["an evening", 9999, 10, 1000],
    ["a day", 86_400, 86.4, 1000],
  ])("%s", (_, durationSeconds, intervalSeconds, pictureCount) => {
    expect(previewGrid({ ...hd, durationSeconds })).toMatchObject({
      intervalSeconds,
      pictureCount,
    });
  });

  it("leaves no moment of a film uncovered, and makes no picture for what is past its end", () => {
    for (const durationSeconds of [1.001, 199.9, 200.1, 1234.567, 10_000.001, 12_345.678]) {
      const { intervalSeconds, pictureCount } = previewGrid({ ...hd, durationSeconds });
      expect(pictureCount * intervalSeconds).toBeGreaterThanOrEqual(durationSeconds);
      expect((pictureCount - 1) * intervalSeconds).toBeLessThan(durationSeconds);
      expect(pictureCount).toBeLessThanOrEqual(1000);
    }
  });
});

describe("how large a picture is", () => {
  it.each([
    ["16:9", 1920, 1080, 284, 160],
    ["4:3", 640, 480, 214, 160],
    ["scope", 1920, 800, 284, 118],
    ["held upright", 1080, 1920, 90, 160],
    ["a line", 4000, 2, 284, 2],
  ])("%s", (_, width, height, expectedWidth, expectedHeight) => {
    expect(previewGrid({ durationSeconds: 60, width, height })).toMatchObject({
      width: expectedWidth,
      height: expectedHeight,
    });
  });
});
