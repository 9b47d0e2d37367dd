import { describe, expect, it } from "vitest";
import { insideFolder, toLocalPath, toRemotePath } from "./paths";

describe("two names of the same folder", () => {
  const pairs = [
    { remote: "/downloads", local: "/srv/vigilio/downloads" },
    { remote: "/downloads/fast", local: "/mnt/ssd" },
  ];

  it("maps by the longest folder that fits, and only by whole folders", () => {
    expect(toLocalPath("/downloads/a/b.mkv", pairs)).toBe("/srv/vigilio/downloads/a/b.mkv");
    expect(toLocalPath("/downloads/fast/b.mkv", pairs)).toBe("/mnt/ssd/b.mkv");
    expect(toLocalPath("/downloads2/b.mkv", pairs)).toBe("/downloads2/b.mkv");
    expect(toRemotePath("/mnt/ssd", pairs)).toBe("/downloads/fast");
    expect(toRemotePath("/elsewhere", [])).toBe("/elsewhere");
  });

  it("comes back to where it went from", () => {
    const path = "/srv/vigilio/downloads/0123456789abcdef";
    expect(toLocalPath(toRemotePath(path, pairs), pairs)).toBe(path);
  });
});

describe("a torrent's file", () => {
  it("stays below its folder", () => {
    expect(insideFolder("/d/1", "Film/film.mkv")).toBe("/d/1/Film/film.mkv");
    for (const name of ["../2/x", "/etc/passwd", "a/../../2", "..", "", "a\0b"]) {
      expect(insideFolder("/d/1", name), JSON.stringify(name)).toBeNull();
    }
  });
});
