import { expect, it } from "vitest";
import type { Plan } from "@/lib/services/ffmpeg/plan";
import { connect } from "@/lib/settings/connect";
import { workSpeed } from "@/lib/sources/work-speed";
import { testSite } from "@/tests/support/site";
import { keepFilmSpeed, madeWithOf } from "./film-speed";

/** As much of a plan as its speed depends on. */
const planOf = (kind: Plan["kind"], durationSeconds: number, height = 1080) =>
  ({
    ...{ kind, durationSeconds },
    video:
      kind === "picture"
        ? { action: "encode", width: (height * 16) / 9, height }
        : { action: "copy" },
  }) as Plan;

it("learns from films how fast this machine is, as if all had 1080 lines", async () => {
  using site = testSite();
  const { db, env } = site;
  const context = { db, env, services: connect(db, env), now: () => new Date() };
  const keep = (plan: Plan, workMs: number) =>
    keepFilmSpeed(context, { plan, workMs, threads: 2, encoder: undefined });
  // Neither what is only copied nor what is over at once tells anything.
  await keep(planOf("container", 7200), 1000);
  await keep(planOf("sound", 60), 1000);
  expect(workSpeed(db)).toBe(null);
  await keep(planOf("picture", 7200, 540), 900_000);
  await keep(planOf("sound", 7200), 120_000);
  expect(workSpeed(db)).toEqual({ picture: 2, sound: 60 });
});

it("asks the chip or x264 with its settings, not both", () => {
  const work = { ffmpegPath: "ffmpeg", preset: "fast", threads: 2 };
  expect(madeWithOf({ ...work, encoder: null })).toContain("fast 2");
  const chip = { kind: "vaapi", device: "/dev/dri/renderD128" } as const;
  expect(madeWithOf({ ...work, encoder: chip })).not.toContain("fast");
});
