import { expect, it } from "vitest";
import { stagesOf } from "./timeline-stages";

const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, "0")}:00.000Z`;

it("keeps the last state of every stage, in the order of the story", () => {
  const stages = stagesOf([
    { stage: "added", at: at(0), state: "done", detail: null },
    { stage: "download", at: at(1), state: "active", detail: null },
    { stage: "metadata", at: at(1), state: "waiting", detail: "No TMDB key" },
    { stage: "download", at: at(9), state: "done", detail: null },
    { stage: "processing", at: at(9), state: "failed", detail: "Disk full" },
  ]);
  expect(stages).toEqual([
    { stage: "added", at: at(0), state: "done", detail: null },
    { stage: "metadata", at: at(1), state: "waiting", detail: "No TMDB key" },
    { stage: "download", at: at(9), state: "done", detail: null },
    { stage: "processing", at: at(9), state: "failed", detail: "Disk full" },
    { stage: "subtitles", at: null, state: "ahead", detail: null },
    { stage: "ready", at: null, state: "ahead", detail: null },
  ]);
});

it("takes the later of two at the same moment, and is not fooled by their order", () => {
  expect(
    stagesOf([
      { stage: "download", at: at(5), state: "done", detail: null },
      { stage: "download", at: at(2), state: "active", detail: null },
      { stage: "download", at: at(5), state: "waiting", detail: "again" },
    ]).find((stage) => stage.stage === "download"),
  ).toMatchObject({ state: "waiting", detail: "again" });
});

it("leaves out what never came once the movie is ready", () => {
  const stages = stagesOf([
    { stage: "added", at: at(0), state: "done", detail: null },
    { stage: "processing", at: at(2), state: "done", detail: null },
    { stage: "ready", at: at(3), state: "done", detail: null },
  ]);
  expect(stages.map(({ stage }) => stage)).toEqual(["added", "processing", "ready"]);
});

it("waits for no download when a file from the disk is worked on", () => {
  const stages = stagesOf([
    { stage: "added", at: at(0), state: "done", detail: null },
    { stage: "metadata", at: at(1), state: "done", detail: null },
    { stage: "processing", at: at(2), state: "active", detail: null },
  ]);
  expect(stages.map(({ stage }) => stage)).toEqual([
    "added",
    "metadata",
    "processing",
    "subtitles",
    "ready",
  ]);
});
