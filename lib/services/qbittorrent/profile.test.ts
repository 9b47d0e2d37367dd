import { describe, expect, it } from "vitest";
import { quoted, setInConfig } from "./profile";

describe("setInConfig", () => {
  it("sets keys where they stand, once, and keeps all else", () => {
    const before = [
      "[BitTorrent]",
      "Session\\Port=6881",
      "Session\\QueueingSystemEnabled=true",
      "",
      "[Preferences]",
      "WebUI\\Port=8080",
      "WebUI\\Port=8081",
      "WebUI\\PortExtra=1",
      "",
    ].join("\r\n");
    const after = setInConfig(before, {
      Preferences: { "WebUI\\Port": "1", "WebUI\\Address": "127.0.0.1" },
      LegalNotice: { Accepted: "true" },
    });
    expect(after.split("\n")).toEqual([
      "[BitTorrent]",
      "Session\\Port=6881",
      "Session\\QueueingSystemEnabled=true",
      "",
      "[Preferences]",
      "WebUI\\PortExtra=1",
      "WebUI\\Port=1",
      "WebUI\\Address=127.0.0.1",
      "",
      "[LegalNotice]",
      "Accepted=true",
      "",
    ]);
    expect(setInConfig(after, { LegalNotice: { Accepted: "true" } })).toBe(after);
  });
});

describe("quoted", () => {
  it.each([
    ["/data/films", '"/data/films"'],
    ['/a "b" \\c', '"/a \\"b\\" \\\\c"'],
    // The a after it would be read as a third digit.
    ["/üa電", '"/\\xfc\\x61\\x96fb"'],
    ["/ü/a", '"/\\xfc/a"'],
  ])("%s", (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });
});
