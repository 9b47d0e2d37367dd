import { expect, test } from "vitest";
import { mpegLayerOf } from "./mpeg-layer";

test.each([
  ["00000000: fffb 9044 0000 0003", "mp3"],
  ["\n00000000: fff3 40c4 0012 ab1f 4201", "mp3"],
  ["00000000: fffd e4c4 dbbc bcbb", "mp2"],
  ["00000000: ffff 9044 0000 0003", "mp1"],
  ["00000000: 2111 4500 1450", undefined],
  ["", undefined],
])("%j is %s", (dump, codec) => {
  expect(mpegLayerOf(dump)).toBe(codec);
});
