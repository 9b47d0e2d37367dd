import { describe, expect, it } from "vitest";
import { nameOfSource, recognise } from "./recognise";

const magnet = "magnet:?xt=urn:btih:c9e15763f722f23e98a29decdfae341b98d53056&dn=Some+Film";

describe("what was pasted", () => {
  it.each([
    ["The Gold Rush", "The Gold Rush", null],
    ["  tt0015864 ", "tt0015864", null],
    [
      "https://www.imdb.com/title/tt0015864/?ref_=x",
      "https://www.imdb.com/title/tt0015864/?ref_=x",
      null,
    ],
    [magnet, null, magnet],
    [magnet.toUpperCase(), null, magnet.toUpperCase()],
    [`tt0015864 ${magnet}`, "tt0015864", magnet],
    [`${magnet}\n\nThe Gold Rush 1925`, "The Gold Rush 1925", magnet],
    [
      `The Gold Rush tt0015864\nhttps://example.org/a.torrent`,
      "tt0015864",
      "https://example.org/a.torrent",
    ],
    ["http:// is how links start", "http:// is how links start", null],
    ["", null, null],
    [" \n ", null, null],
    ["att0015864", "att0015864", null],
  ])("%j", (text, movie, source) => expect(recognise(text)).toEqual({ movie, source }));
});

it("a magnet or a link is called by its name or its server", () => {
  expect(nameOfSource(magnet)).toBe("Some Film");
  expect(nameOfSource("magnet:?xt=urn:btih:abc")).toBe(null);
  expect(nameOfSource("https://example.org/a.torrent?key=1")).toBe("example.org");
  expect(nameOfSource("nothing")).toBe(null);
});
