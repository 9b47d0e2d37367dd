import { describe, expect, it } from "vitest";
import type { Plan, VideoPlan } from "@/lib/services/ffmpeg/plan";
import type { Probe } from "@/lib/services/ffmpeg/probe-types";
import { neededBytes } from "./make-file";

const reserve = 512 * 1024 ** 2;
const source = { sizeBytes: 8_000_000_000, durationSeconds: 7200 } as Probe;
const plan = (change: Partial<Plan>) => ({ kind: "sound", why: [], ...change }) as Plan;
const picture = (width: number, height: number) =>
  ({ action: "encode", width, height }) as Extract<VideoPlan, { action: "encode" }>;

describe("room for a film", () => {
  const copy = { action: "copy" } as VideoPlan;
  it.each([
    ["a link", plan({ kind: "as-is", video: copy }), 0],
    ["a copy", plan({ video: copy }), 8_000_000_000 + reserve],
    ["1080p", plan({ kind: "picture", video: picture(1920, 1080) }), 10_800_000_000 + reserve],
    ["2160p", plan({ kind: "picture", video: picture(3840, 2160) }), 30_547_012_947 + reserve],
    [
      "720p of more",
      plan({
        kind: "picture",
        video: picture(1280, 720),
        why: [{ code: "plan-picture-size" }],
      }),
      5_878_775_383 + reserve,
    ],
  ])("%s", (_, what, bytes) => {
    expect(Math.round(neededBytes(what, source))).toBe(bytes);
  });
});
