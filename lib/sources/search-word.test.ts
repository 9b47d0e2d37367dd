import { describe, expect, it } from "vitest";
import { nameOfAddress, withScheme } from "./address-name";
import { withPlaceholder, wordParts } from "./search-word";

const mark = "$" + "{searchInput}";

describe("what was searched for, in an address", () => {
  it.each([
    [
      "https://a.example/api?query_term=lantern&limit=50",
      "lantern",
      `https://a.example/api?query_term=${mark}&limit=50`,
    ],
    [
      "https://a.example/api?page=1&q=the+last%20lantern",
      "the last lantern",
      `https://a.example/api?page=1&q=${mark}`,
    ],
    [
      "https://a.example/search/the%20lantern/0/99",
      "the lantern",
      `https://a.example/search/${mark}/0/99`,
    ],
    ["https://a.example/movies/lantern", "lantern", `https://a.example/movies/${mark}`],
    [
      "https://a.example/list?sort=seeds&find=lantern#top",
      "lantern",
      `https://a.example/list?sort=seeds&find=${mark}#top`,
    ],
    ["http://127.0.0.1:81/q.php?q=", "", `http://127.0.0.1:81/q.php?q=${mark}`],
    ["https://a.example/api?title=%E0%A4%A", "%E0%A4%A", `https://a.example/api?title=${mark}`],
  ])("of %s is %s", (address, word, filled) => {
    const [part] = wordParts(address);
    expect(part?.word).toBe(word);
    expect(part && withPlaceholder(address, part)).toBe(filled);
  });

  it("may be another part", () => {
    const words = wordParts("https://a.example/find/night?tag=lantern").map(({ word }) => word);
    expect(words).toEqual(["night", "lantern"]);
  });

  it.each([
    "",
    "lantern",
    "https://a.example/",
    "https://a.example/api/v2/list.json",
    `https://a.example/?q=${mark}`,
  ])("is nothing in %j", (address) => expect(wordParts(address)).toEqual([]));
});

describe("an address as it is pasted", () => {
  it.each([
    ["localhost:9117", "http://localhost:9117", "Jackett"],
    ["nas.local/jackett", "http://nas.local/jackett", "nas.local"],
    ["192.168.1.5:9696/1/", "http://192.168.1.5:9696/1/", "Prowlarr"],
    ["http://a:9117/api/v2.0/indexers/lantern/results/torznab/", undefined, "Jackett: lantern"],
    ["http://a:9117/api/v2.0/indexers/all/results/torznab/", undefined, "Jackett"],
    ["api.films.example/v2", "https://api.films.example/v2", "films.example"],
    [`https://www.films.example/?q=${mark}`, undefined, "films.example"],
    ["", "", ""],
    ["no address at all", "http://no address at all", ""],
  ])("%s", (text, address = text, name) => {
    expect(withScheme(text)).toBe(address);
    expect(nameOfAddress(text)).toBe(name);
  });
});
