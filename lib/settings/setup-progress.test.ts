import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestSite, testSite } from "@/tests/support/site";
import { beginSetup, reachSetupStep, setupStepOf } from "./setup-progress";
import { setupSteps } from "./setup-steps";

const now = new Date("2026-03-01T10:00:00Z");
let site: TestSite;
beforeEach(() => {
  site = testSite();
});
afterEach(() => site[Symbol.dispose]());

test("setting up goes on where it was left, forwards and backwards, until its end", () => {
  beginSetup(site.db, now);
  expect(setupStepOf(site.db)).toBe("services");
  for (const step of [...setupSteps.slice(0, -1), "tmdb"] as const) {
    reachSetupStep(site.db, step, now);
    expect(setupStepOf(site.db)).toBe(step);
  }
  reachSetupStep(site.db, "done", now);
  expect(setupStepOf(site.db)).toBeNull();
});

test("looking at a step later, or with an admin of the environment, begins nothing", () => {
  reachSetupStep(site.db, "tmdb", now);
  expect(setupStepOf(site.db)).toBeNull();
});
