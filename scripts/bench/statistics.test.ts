import { expect, test } from "vitest";
import { replaceSection } from "./report";
import { median, percentile } from "./statistics";

test("a percentile is the nearest rank, and the median of an even number lies between", () => {
  const values = Array.from({ length: 1000 }, (_, at) => 1000 - at);
  expect(percentile(values, 0.99)).toBe(990);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([3, 1, 2], 0.5)).toBe(2);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => percentile([], 0.5)).toThrow();
});

test("a benchmark replaces its own section and leaves the others", () => {
  const page = "# Benchmarks\n\nWords.\n\n## Stream\n\nold\n\n## Start\n\nkept\n";
  expect(replaceSection(page, "Stream", "## Stream\n\nnew")).toBe(
    "# Benchmarks\n\nWords.\n\n## Stream\n\nnew\n\n## Start\n\nkept\n",
  );
  expect(replaceSection(page, "Start", "## Start\n\nnew")).toContain("old\n\n## Start\n\nnew\n");
  expect(replaceSection(page, "Pipeline", "## Pipeline\n\nx")).toContain("kept\n\n## Pipeline\n");
});
