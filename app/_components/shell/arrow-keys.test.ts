import { describe, expect, it } from "vitest";
import { nextStop, type Stop } from "./arrow-keys";

const card = (row: number, left: number, top: number): Stop => ({
  row,
  left,
  top,
  width: 100,
  height: 150,
});

// A hero with two buttons, a row that is scrolled by half a card, and a grid of two lines.
const stops: Stop[] = [
  { row: 0, left: 40, top: 300, width: 120, height: 44 },
  { row: 0, left: 170, top: 300, width: 90, height: 44 },
  card(1, -60, 400),
  card(1, 50, 400),
  card(1, 160, 400),
  card(2, 0, 600),
  card(2, 110, 600),
  card(2, 220, 600),
  card(2, 0, 780),
];

describe("arrow keys", () => {
  it("move along a row, also to what is scrolled out of sight, and stop at its ends", () => {
    expect(nextStop(stops, 3, "ArrowRight")).toBe(4);
    expect(nextStop(stops, 4, "ArrowRight")).toBeNull();
    expect(nextStop(stops, 3, "ArrowLeft")).toBe(2);
    expect(nextStop(stops, 2, "ArrowLeft")).toBeNull();
  });

  it("move between rows to the same column, into the hero and back", () => {
    expect(nextStop(stops, 0, "ArrowDown")).toBe(3);
    expect(nextStop(stops, 1, "ArrowDown")).toBe(4);
    expect(nextStop(stops, 4, "ArrowUp")).toBe(1);
    expect(nextStop(stops, 0, "ArrowUp")).toBeNull();
    expect(nextStop(stops, 4, "ArrowDown")).toBe(6);
  });

  it("move between the lines of a row that wraps", () => {
    expect(nextStop(stops, 7, "ArrowDown")).toBe(8);
    expect(nextStop(stops, 8, "ArrowRight")).toBeNull();
    expect(nextStop(stops, 8, "ArrowUp")).toBe(5);
    expect(nextStop(stops, 8, "ArrowDown")).toBeNull();
  });

  it("go to the nearest line, whatever the order in the document", () => {
    const reversed = [...stops].reverse();
    expect(nextStop(reversed, reversed.length - 1, "ArrowDown")).toBe(reversed.length - 1 - 3);
  });

  it("lead nowhere from something that is not there", () => {
    expect(nextStop(stops, 99, "ArrowDown")).toBeNull();
  });
});
