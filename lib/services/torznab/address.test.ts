import { describe, expect, it } from "vitest";
import { questionUrl, readAddress } from "./address";
import { queryText } from "./query-text";

/** The addresses that are tried for the capabilities of what was pasted, without the key's value. */
function tried(pasted: string, apiKey = "k"): string[] | string {
  const address = readAddress(pasted, apiKey);
  if (typeof address === "string") return address;
  return address.suffixes.map((suffix) => questionUrl(address, suffix, { t: "caps" }).href);
}

const jackett = "http://host:9117/api/v2.0/indexers/lantern/results/torznab";

describe("an indexer's address", () => {
  it.each([
    [`${jackett}/`, [`${jackett}/?t=caps&apikey=k`, `${jackett}/api?t=caps&apikey=k`]],
    [`${jackett}`, [`${jackett}?t=caps&apikey=k`, `${jackett}/api?t=caps&apikey=k`]],
    [`${jackett}/api`, [`${jackett}/api?t=caps&apikey=k`]],
    [
      `${jackett}/api?apikey=inside&t=search&cat=2000&q=lamp#top`,
      [`${jackett}/api?t=caps&apikey=k`],
    ],
    ["http://host:9696/12/api", ["http://host:9696/12/api?t=caps&apikey=k"]],
    [
      " http://host:9696/12/ ",
      ["http://host:9696/12/?t=caps&apikey=k", "http://host:9696/12/api?t=caps&apikey=k"],
    ],
    [
      "http://host/api/v1/indexer/3/newznab",
      [
        "http://host/api/v1/indexer/3/newznab?t=caps&apikey=k",
        "http://host/api/v1/indexer/3/newznab/api?t=caps&apikey=k",
      ],
    ],
    [
      "https://host/behind/a/proxy/2/api?passkey=p",
      ["https://host/behind/a/proxy/2/api?passkey=p&t=caps&apikey=k"],
    ],
    [
      "http://host:9117",
      [
        "http://host:9117/?t=caps&apikey=k",
        "http://host:9117/api?t=caps&apikey=k",
        "http://host:9117/api/v2.0/indexers/all/results/torznab/api?t=caps&apikey=k",
      ],
    ],
    [
      "http://host/jackett/UI/Dashboard#search",
      [
        "http://host/jackett?t=caps&apikey=k",
        "http://host/jackett/api?t=caps&apikey=k",
        "http://host/jackett/api/v2.0/indexers/all/results/torznab/api?t=caps&apikey=k",
      ],
    ],
  ])("is taken as it was pasted: %s", (pasted, addresses) => {
    expect(tried(pasted)).toEqual(addresses);
  });

  it("may hold the key, which one beside it replaces", () => {
    expect(readAddress(`${jackett}?APIKEY=inside`, null)).toMatchObject({ apiKey: "inside" });
    expect(readAddress(`${jackett}?apikey=inside`, " beside ")).toMatchObject({ apiKey: "beside" });
    expect(readAddress(jackett, "")).toMatchObject({ apiKey: null });
  });

  it.each(["", "host:9117", "ftp://host/api", "magnet:?xt=1", "/api"])("isn't %s", (pasted) => {
    expect(tried(pasted)).toBe("malformed");
  });

  it.each([
    "http://host:9696/0/api",
    "http://host:9696/0/",
    "http://host:9696/prowlarr/0/api?apikey=k",
    "http://host:9696/api/v1/indexer/0/newznab",
  ])("isn't Prowlarr's test feed: %s", (pasted) => {
    expect(tried(pasted)).toBe("test-feed");
  });
});

it.each([
  ["Amélie: le fabuleux destin", "Amelie le fabuleux destin"],
  ["Ocean's Eleven", "Oceans Eleven"],
  ["Tom & Jerry (S.W.A.T.)", "Tom Jerry S W A T"],
  ["Die Straße — Łódź, Ærø", "Die Strasse Lodz AEro"],
  ["İstanbul'da Kış ığdır", "Istanbulda Kis igdir"],
  ["Ёлки: Последний йод", "Ёлки Последний йод"],
  ["ガラスの城", "ガラスの城"],
  ["한국의 밤!", "한국의 밤"],
  ["हिन्दी फ़िल्म", "हिन्दी फ़िल्म".normalize("NFC")],
  ["!!!", "!!!"],
])("a title is asked for in the letters of releases: %s", (title, text) => {
  expect(queryText(title)).toBe(text);
});
