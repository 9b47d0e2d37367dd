import iconv from "iconv-lite";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { FoundRelease } from "@/lib/sources/found";
import { capsOf } from "./caps";
import { type IndexerItem, itemsOf } from "./map";
import { readDocument, type TorznabDocument } from "./wire";

const hash = "0123456789012345678901234567890123456789";
const magnet = `magnet:?xt=urn:btih:${hash}&amp;dn=Lamp`;
const plainMagnet = magnet.replace("&amp;", "&");

const document = (text: string | Buffer, contentType = "text/xml"): TorznabDocument =>
  readDocument(Buffer.from(text as string), contentType);

function feed(text: string | Buffer, wanted = [2000]) {
  const found = document(text);
  if (found.kind !== "feed") throw new Error(`a feed was read as ${found.kind}`);
  return itemsOf(found.root, wanted);
}

const rss = (items: string, start = '<?xml version="1.0" encoding="utf-8"?>') =>
  `${start}<rss version="1.0" xmlns:torznab="http://torznab.com/schemas/2015/feed"><channel>${items}</channel></rss>`;

const attribute = (name: string, value: string | number) =>
  `<torznab:attr name="${name}" value="${value}"/>`;

/** The only item of a feed with these elements and a link of its own. */
function item(elements: string, link = `<link>${magnet}</link>`): IndexerItem {
  const { items } = feed(rss(`<item><title>Lamp 2021</title>${link}${elements}</item>`));
  if (!items[0] || items.length > 1) throw new Error(`${items.length} items`);
  return items[0];
}

const leftOutOf = (elements: string) => feed(rss(`<item>${elements}</item>`)).problems;

describe("an item", () => {
  it("is a release with what the feed says of the film", () => {
    const found = item(`
      <guid isPermaLink="true">https://films.example/1</guid>
      <jackettindexer id="lantern">Lantern</jackettindexer>
      <pubDate>Sat, 11 Apr 2015 21:34:00 -0600</pubDate><size>2538463390</size>
      ${attribute("seeders", 7)}${attribute("peers", 9)}${attribute("imdb", "0039689")}
      ${attribute("tmdbid", 42)}${attribute("year", 1947)}${attribute("category", 2040)}`);
    expect(found).toEqual({
      release: {
        ...{ name: "Lamp 2021", link: plainMagnet, infoHash: hash, quality: null, type: null },
        ...{ sizeBytes: 2_538_463_390, seeds: 7 },
        publishedAt: new Date("2015-04-12T03:34:00Z"),
      },
      ...{ imdbId: "tt0039689", tmdbId: 42, year: 1947, indexerName: "Lantern" },
    });
    expectTypeOf<IndexerItem["release"]>().toExtend<FoundRelease>();
  });

  it("without numbers has unknown ones, not none", () => {
    expect(item("").release).toMatchObject({ seeds: null, sizeBytes: null, publishedAt: null });
    expect(item(attribute("seeders", 0)).release.seeds).toBe(0);
    expect(item(attribute("Seeders", "many")).release.seeds).toBe(null);
    expect(item(`${attribute("imdb", 0)}${attribute("tmdbid", 0)}`)).toMatchObject({
      ...{ imdbId: null, tmdbId: null, year: null, indexerName: null },
    });
  });

  it.each([
    ["<title>1917</title>", "1917"],
    ["<title>007</title>", "007"],
    ["<title>0x11</title>", "0x11"],
    ["<title>true</title>", "true"],
    ["<title>Caf&#233; &amp;amp; Bar</title>", "Café & Bar"],
    ["<title>Tom & Jerry</title>", "Tom & Jerry"],
    ["<title><![CDATA[Tom &amp; Jerry]]></title>", "Tom & Jerry"],
    ['<title type="text">Lamp</title>', "Lamp"],
    ["<title>\n  Lamp \t 2021\n</title>", "Lamp 2021"],
  ])("has its title as it stands there: %s", (title, name) => {
    const { items } = feed(rss(`<item>${title}<link>${magnet}</link></item>`));
    expect(items[0]?.release.name).toBe(name);
  });

  it.each([
    ["<size>5000000000</size>", 5e9],
    [`<size>0</size>${attribute("size", 4e9)}`, 4e9],
    ['<enclosure url="x" length="3000000000" type="application/x-bittorrent"/>', 3e9],
    // Of the .torrent.
    ['<enclosure url="x" length="103641" type="application/x-bittorrent"/>', null],
    ["<size>4.2 GB</size>", null],
  ])("has its size wherever it stands: %s", (elements, sizeBytes) => {
    expect(item(elements).release.sizeBytes).toBe(sizeBytes);
  });

  const web = "https://lantern.example/get/1.torrent?a=1&amp;passkey=2";
  const webPlain = web.replace("&amp;", "&");
  const enclosure = (url: string, type = "application/x-bittorrent") =>
    `<enclosure url="${url}" length="0" type="${type}"/>`;

  it.each([
    ["magneturl first", `<link>${web}</link>${attribute("magneturl", magnet)}`, plainMagnet],
    ["a magnet as link", `<link>${magnet}</link>${enclosure(web)}`, plainMagnet],
    [
      "a magnet as enclosure",
      `<link>${web}</link>${enclosure(magnet, "application/x-bittorrent;x-scheme-handler/magnet")}`,
      plainMagnet,
    ],
    ["a magnet as guid", `<guid>${magnet}</guid>`, plainMagnet],
    ["enclosure before link", `<link>https://films.example/1</link>${enclosure(web)}`, webPlain],
    ["escaped twice", enclosure(web.replace("&amp;", "&amp;amp;")), webPlain],
    ["a link alone", `<link>${web}</link>`, webPlain],
    ["a link of Atom beside it", `<atom:link href="x"/><link/><link>${web}</link>`, webPlain],
    [
      "a hash of a public site",
      `${attribute("infohash", hash.toUpperCase())}<type>public</type>`,
      `magnet:?xt=urn:btih:${hash}&dn=Lamp%202021`,
    ],
    [
      "a broken magnet, and an address",
      `${attribute("magneturl", "magnet:?xt=urn:btih:(removed)")}${enclosure(web)}`,
      webPlain,
    ],
  ])("is taken by its best link: %s", (_, elements, link) => {
    expect(item(elements, "").release.link).toBe(link);
  });

  it("is left out when there is nothing to take", () => {
    const page = "https://films.example/view/1";
    const title = "<title>Lamp</title>";
    expect(leftOutOf(title)).toEqual([{ code: "torznab-no-link", count: 1 }]);
    for (const same of [
      `<comments>${page}</comments>`,
      `<guid isPermaLink="true">${page}</guid>`,
    ]) {
      expect(leftOutOf(`${title}<link>${page}</link>${same}`)).toEqual([
        { code: "torznab-no-link", count: 1 },
      ]);
    }
    expect(leftOutOf(`${title}<link>javascript:alert(1)</link>`)[0]?.code).toBe("torznab-no-link");
    const hidden = `${attribute("infohash", hash)}<prowlarrindexer id="1" type="private"/>`;
    expect(leftOutOf(`${title}${hidden}`)[0]?.code).toBe("torznab-no-link");
    expect(leftOutOf(`<link>${magnet}</link>`)[0]?.code).toBe("torznab-untitled");
    const nzb = enclosure("https://films.example/1", "application/x-nzb");
    expect(leftOutOf(`${title}<link>${web}</link>${nzb}`)[0]?.code).toBe("torznab-usenet");
    expect(leftOutOf(`${title}${enclosure("https://films.example/1.nzb")}`)[0]?.code).toBe(
      "torznab-usenet",
    );
    // Both ways: the one that can be taken counts.
    expect(leftOutOf(`${title}<link>${magnet}</link>${nzb}`)).toEqual([]);
    expect(leftOutOf(`${title}${nzb}${enclosure(web)}`)).toEqual([]);
    expect(leftOutOf(`${title}<link>https://films.example/1.nzb</link>`)[0]?.code).toBe(
      "torznab-usenet",
    );
  });

  it.each([
    [hash, hash],
    ["ABCDEF0123456789ABCDEF0123456789ABCDEF01", "abcdef0123456789abcdef0123456789abcdef01"],
    ["VU2QYN66WU7FTPXSG3TFDRXW6KTEBPBF", "ad350c37deb53e59bef236e651c6f6f2a640bc25"],
    ["(removed)", null],
    ["", null],
  ])("has an info-hash in whichever spelling: %s", (given, infoHash) => {
    const link = `<link>${web}</link>`;
    expect(item(attribute("infohash", given), link).release.infoHash).toBe(infoHash);
    if (infoHash && given) {
      const magnetLink = `<link>magnet:?dn=x&amp;xt=urn:btih:${given}</link>`;
      // What the magnet names is what is loaded.
      const beside = attribute("infohash", "f".repeat(40));
      expect(item(beside, magnetLink).release.infoHash).toBe(infoHash);
    }
  });

  it.each([
    ["<category>5040</category>", 0],
    ["<category>HDTV 1080p</category>", 1],
    [`<category>TV</category>${attribute("category", 5000)}`, 0],
    [`<category>2040</category>${attribute("category", 100_009)}`, 1],
    [attribute("category", 100_009), 1],
  ])("is a movie by its numbers: %s", (elements, count) => {
    const text = rss(`<item><title>Lamp</title><link>${magnet}</link>${elements}</item>`);
    expect(feed(text).items).toHaveLength(count);
    expect(feed(text, []).items).toHaveLength(1);
  });

  it("has attributes of newznab, and ids with tt", () => {
    const found = item(
      `<newznab:attr name="size" value="316477946"/><newznab:attr name="imdbid" value="tt12345678"/>`,
    );
    expect(found).toMatchObject({ imdbId: "tt12345678", release: { sizeBytes: 316_477_946 } });
  });

  it("names its site by number when it says no more", () => {
    expect(item('<prowlarrindexer id="2" type="private">Mock</prowlarrindexer>').indexerName).toBe(
      "Mock",
    );
    expect(item('<jackettindexer id="lantern"/>').indexerName).toBe("lantern");
  });
});

describe("a document", () => {
  const lamp = `<item><title>Lampe à huile</title><link>${magnet}</link></item>`;
  const titles = (bytes: Buffer) => feed(bytes).items.map(({ release }) => release.name);

  it("is read as it is encoded", () => {
    const declared = (name: string) => rss(lamp, `<?xml version="1.0" encoding="${name}"?>`);
    const russian = declared("windows-1251").replace("Lampe à huile", "Лампа");
    expect(titles(iconv.encode(declared("ISO-8859-1"), "latin1"))).toEqual(["Lampe à huile"]);
    expect(titles(iconv.encode(russian, "windows-1251"))).toEqual(["Лампа"]);
    expect(titles(Buffer.from(declared("ISO-8859-1")))).toEqual(["Lampe à huile"]);
    expect(titles(Buffer.from(`\ufeff${declared("utf-8")}`))).toEqual(["Lampe à huile"]);
    const wide = iconv.encode(declared("utf-16"), "utf-16le", { addBOM: true });
    expect(titles(wide)).toEqual(["Lampe à huile"]);
    expect(titles(iconv.encode(rss(lamp, ""), "windows-1252"))).toEqual(["Lampe à huile"]);
    const byHeader = readDocument(iconv.encode(rss(lamp, ""), "iso-8859-9"), "a/b; charset=latin5");
    expect(byHeader.kind).toBe("feed");
  });

  it("has no items, one, or many", () => {
    expect(feed(rss(""))).toEqual({ items: [], problems: [], itemCount: 0 });
    expect(feed("<rss/>").items).toEqual([]);
    expect(feed(rss(lamp)).items).toHaveLength(1);
    expect(feed(rss(lamp.repeat(100))).items).toHaveLength(100);
    expect(feed(`<rss><channel/>${lamp}</rss>`).items).toHaveLength(1);
  });

  it.each([
    ["", "empty"],
    [" \n", "empty"],
    ["lamp", "other"],
    ["<html><body>Sign in</body></html>", "other"],
    ['{"Results":[]}', "other"],
    ["<?xml version='1.0'?><feed/>", "other"],
    ["<rss><channel><item><title>Half", "cut-off"],
    ["<rss><channel><item><title>Half</title><enclosure url='x", "cut-off"],
    ["<rss><channel></channel>", "cut-off"],
    ["<rss><__proto__>x</__proto__></rss>", "other"],
    [`<rss>${"<a>".repeat(5000)}${"</a>".repeat(5000)}</rss>`, "other"],
  ])("is told from what is none: %s", (text, kind) => {
    expect(document(text)).toEqual({ kind });
  });

  it("may be an error, with any mark or declaration before it", () => {
    const text = `\ufeff<?xml version="1.0" encoding="utf-8" ?> \n<error code="100" description="No"/>`;
    expect(document(text)).toEqual({ kind: "error", code: 100, description: "No" });
    expect(document("<error/>")).toMatchObject({ kind: "error", code: Number.NaN });
  });

  it("expands nothing", () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "${"x".repeat(1000)}"><!ENTITY b "${"&a;".repeat(50)}">]>`;
    const found = document(`${bomb}${rss(`<item><title>${"&b;".repeat(50)}</title></item>`, "")}`);
    expect(JSON.stringify(found).length).toBeLessThan(100_000);
    const outside = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
    const text = `${outside}${rss("<item><title>&a;</title></item>", "")}`;
    expect(JSON.stringify(document(text))).not.toContain("root:");
  });
});

describe("what an indexer can do", () => {
  const caps = (inner: string, suffix = "") => {
    const found = document(`<caps>${inner}</caps>`);
    if (found.kind !== "caps") throw new Error(found.kind);
    return capsOf(found.root, suffix);
  };

  it("is a plain object", () => {
    const found = caps(
      `<server title="Lantern"/><limits default="50" max="60"/>
      <searching><search available="yes" supportedParams="q"/>
      <movie-search available="yes" supportedParams="q,ImdbId, year"/></searching>
      <categories><category id="2000" name="Movies"><subcat id="2040" name="HD"/></category>
      <category id="x" name="None"/></categories>`,
      "/api",
    );
    expect(JSON.parse(JSON.stringify(found))).toEqual({
      ...{ suffix: "/api", title: "Lantern", pageSize: 60 },
      search: { isAvailable: true, params: ["q"] },
      movieSearch: { isAvailable: true, params: ["q", "imdbid", "year"] },
      categories: [
        { id: 2000, name: "Movies" },
        { id: 2040, name: "HD" },
      ],
    });
  });

  it("is assumed where it isn't said", () => {
    expect(caps("")).toMatchObject({
      ...{ title: null, pageSize: 100, categories: [] },
      search: { isAvailable: true, params: ["q"] },
      movieSearch: { isAvailable: false },
    });
    const bare = '<searching><search available="yes"/><movie-search available="yes"/></searching>';
    expect(caps(bare).movieSearch).toEqual({ isAvailable: true, params: ["q"] });
    expect(caps('<limits max="100000"/>').pageSize).toBe(100);
    expect(caps('<limits max="0" default="25"/>').pageSize).toBe(25);
  });

  it("is not what it lists, when it says no", () => {
    const no = '<movie-search available="no" supportedParams="q,imdbid"/>';
    expect(caps(`<searching>${no}</searching>`).movieSearch.isAvailable).toBe(false);
  });
});
