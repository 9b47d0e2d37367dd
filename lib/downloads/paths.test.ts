import { describe, expect, it } from "vitest";
import { insideFolder } from "./paths";

describe("a torrent's file", () => {
  it("stays below its folder", () => {
    expect(insideFolder("/d/1", "Film/film.mkv")).toBe("/d/1/Film/film.mkv");
    for (const name of ["../2/x", "/etc/passwd", "a/../../2", "..", "", "a\0b"]) {
      expect(insideFolder("/d/1", name), JSON.stringify(name)).toBeNull();
    }
  });
});
