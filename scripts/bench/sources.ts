import { deepStrictEqual } from "node:assert";
import { XMLParser } from "fast-xml-parser";
import { itemsOf } from "@/lib/services/torznab/map";
import { readDocument } from "@/lib/services/torznab/wire";
import { moviesOfRows } from "@/lib/sources/coerce";
import { foundMovieViews } from "@/lib/sources/found-view";
import type { FoundFilm, KnownRelease } from "@/lib/sources/group";
import { schemaRows } from "@/lib/sources/schema-rows";
import { publish, type Row } from "./report";
import {
  type FlatRow,
  feedText,
  flatAnswer,
  flatSchema,
  type HashRow,
  hashAnswer,
  hashSchema,
  type NestedMovie,
  nestedAnswer,
  nestedSchema,
} from "./sources-answers";
import { median } from "./statistics";

const rowCount = 10_000;
const releaseCount = 1_000;
const mostMs = 100;
/** In turn; the first ones are for the compiler. */
const warmUps = 3;
const usualTurns = 15;

/** Processor time of both in milliseconds, by turns. */
function compare(
  ours: () => unknown,
  theirs: () => unknown,
  turns = usualTurns,
): { ours: number; theirs: number } {
  const times = { ours: [] as number[], theirs: [] as number[] };
  const timed = (run: () => unknown) => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  for (let turn = 0; turn < warmUps + turns; turn += 1) {
    const [a, b] = [timed(ours), timed(theirs)];
    if (turn < warmUps) continue;
    times.ours.push(a);
    times.theirs.push(b);
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

/** What somebody would write who knows the one service and trusts it. */
const byHand = {
  flat: ({ results }: { results: FlatRow[] }) =>
    results.map((row) => ({
      title: row.name,
      imdbId: row.imdb,
      year: row.year,
      image: row.cover,
      source: row.link,
      quality: row.quality,
      seeds: row.seeders,
      size: row.size,
    })),
  nested: ({ data }: { data: { movies: NestedMovie[] } }) =>
    data.movies.map((movie) => ({
      title: movie.title,
      imdbId: movie.imdb_code,
      year: movie.year,
      image: movie.small_cover_image,
      sources: movie.torrents.map(({ url, hash, quality, type, seeds, size }) => {
        return { source: url, hash, quality, type, seeds, size };
      }),
    })),
  hash: (rows: HashRow[]) =>
    rows.map((row) => ({
      title: row.name,
      name: row.name,
      imdbId: row.imdb,
      seeds: Number(row.seeders),
      size: Number(row.size),
      date: new Date(Number(row.added) * 1000).toISOString(),
      source: `magnet:?xt=urn:btih:${row.info_hash}&dn=${encodeURIComponent(row.name)}`,
      type: "web",
    })),
};

const figure = (ms: number) => ms.toFixed(1);

function rowOf(what: string, { ours, theirs }: ReturnType<typeof compare>, isHeld = true): Row {
  return {
    what,
    values: [figure(ours), figure(theirs), (ours / theirs).toFixed(2)],
    ...(isHeld && { target: { words: `below ${mostMs} ms`, isMet: ours < mostMs } }),
  };
}

/** Mapped alone, and from the text to movies, for one kind of answer. */
function schemaFigures<Answer>(
  what: string,
  answer: Answer,
  schema: Parameters<typeof schemaRows>[1],
  hand: (answer: Answer) => object[],
): Row[] {
  // Held against something that does the same, or the ratio says nothing.
  const plain = (rows: object[]) => JSON.parse(JSON.stringify(rows));
  deepStrictEqual(plain(schemaRows(answer, schema)), plain(hand(answer)));
  const text = JSON.stringify(answer);
  return [
    rowOf(
      `${what}, mapped`,
      compare(
        () => schemaRows(answer, schema),
        () => hand(answer),
      ),
    ),
    rowOf(
      `${what}, from text to movies`,
      compare(
        () => moviesOfRows(schemaRows(JSON.parse(text), schema)),
        () => hand(JSON.parse(text)),
      ),
      false,
    ),
  ];
}

function feedFigures(): Row[] {
  const body = Buffer.from(feedText(rowCount));
  const read = () => {
    const document = readDocument(body, "application/rss+xml");
    if (document.kind !== "feed") throw new Error(`the feed was read as ${document.kind}`);
    return document.root;
  };
  const bare = new XMLParser({
    ...{ ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false },
  });
  const root = read();
  const found = itemsOf(root, [2000]).items;
  if (found.length !== rowCount) throw new Error(`${found.length} of ${rowCount} items were read`);
  type Item = {
    title: string;
    link: string;
    size: string;
    "torznab:attr": Record<string, string>[];
  };
  const items = (tree: { rss: { channel: { item: Item[] } } }) =>
    tree.rss.channel.item.map((item) => {
      const extras = new Map(item["torznab:attr"].map((one) => [one["@_name"], one["@_value"]]));
      return {
        name: item.title,
        link: item.link,
        sizeBytes: Number(item.size),
        seeds: Number(extras.get("seeders")),
        imdbId: `tt${extras.get("imdb")}`,
      };
    });
  const tree = bare.parse(body.toString());
  return [
    rowOf(
      "items of a Torznab feed, mapped",
      compare(
        () => itemsOf(root, [2000]),
        () => items(tree),
      ),
    ),
    rowOf(
      "Torznab feed, from text to releases",
      compare(
        () => itemsOf(read(), [2000]),
        () => items(bare.parse(body.toString())),
        5,
      ),
      false,
    ),
  ];
}

/** A thousand releases of fifty movies from ten sources, some of them the same torrent twice. */
function someFilms(): FoundFilm[] {
  const types = ["WEB-DL.H.264.DDP5.1", "BluRay.x264.DTS", "WEBRip.x265.AAC", "BluRay.HEVC.TrueHD"];
  return Array.from({ length: releaseCount }, (_, at) => {
    const title = `Lamp ${String.fromCharCode(65 + (at % 50))}`;
    const name = `${title.replaceAll(" ", ".")}.2021.${[720, 1080, 2160][at % 3]}p.${types[at % 4]}-G${at}`;
    const infoHash = (at % 900).toString(16).padStart(40, "0");
    const release: KnownRelease = {
      ...{ resultId: String(at), sourceId: String(at % 10), sourceName: `Source ${at % 10}` },
      ...{ name, link: `magnet:?xt=urn:btih:${infoHash}`, infoHash, quality: null, type: null },
      ...{ sizeBytes: 1_000_000_000 + at * 5_000_000, seeds: at % 200, publishedAt: null },
    };
    return {
      ...{ imdbId: at % 2 ? `tt${9_000_000 + (at % 50)}` : null, tmdbId: null, title, year: 2021 },
      ...{ imageUrl: null, releases: [release] },
    };
  });
}

function rankingFigures(): Row[] {
  const films = someFilms();
  const options = {
    ...{ query: "lamp", modernCodecs: "convert" as const, speed: { picture: 2, sound: 60 } },
    wishes: {
      ...{ greatestResolution: 1080, greatestBytes: 8e9, languages: ["en"] },
      avoidedCodecs: ["hevc"],
    },
    ...{ mostBytes: 50e9, library: () => null, posterOf: () => null },
  };
  const facts = new Map();
  const view = (known: typeof facts) => foundMovieViews(films, { ...options, facts: known });
  view(facts);
  const plain = () => {
    const groups = new Map<string, KnownRelease[]>();
    for (const { title, releases } of films) {
      groups.set(title, [...(groups.get(title) ?? []), ...releases]);
    }
    return [...groups].map(([title, releases]) => ({
      title,
      releases: releases.toSorted((a, b) => (b.seeds ?? 0) - (a.seeds ?? 0)),
    }));
  };
  const names = releaseCount.toLocaleString("en");
  return [
    rowOf(
      `${names} releases, names read, grouped and ranked`,
      compare(() => view(new Map()), plain),
      false,
    ),
    rowOf(
      `the same, with the next source's answer`,
      compare(() => view(facts), plain),
    ),
  ];
}

/** How long answers of sources take to become movies on the screen, once they are here. */
export async function benchSources(): Promise<boolean> {
  const rows = [
    ...schemaFigures("flat rows, version 1", flatAnswer(rowCount), flatSchema, byHand.flat),
    ...schemaFigures(
      "3 releases in a row, version 1",
      nestedAnswer(rowCount),
      nestedSchema,
      byHand.nested,
    ),
    ...schemaFigures("with conversions, version 2", hashAnswer(rowCount), hashSchema, byHand.hash),
    ...feedFigures(),
    ...rankingFigures(),
  ];
  return publish({
    title: "Sources",
    method:
      `\`npm run bench -- sources\`: ${rowCount.toLocaleString("en")} rows of each kind of source, ` +
      `mapped by a schema and by a loop that was written by hand for this one answer and looks at ` +
      `nothing twice. Processor time, in turn, ${usualTurns} times each, medians.`,
    columns: ["Vigilio, ms", "by hand, ms", "ratio"],
    rows,
    notes: [
      "A feed of 10,000 items is a hundred times what an indexer gives in one page; nearly all of its " +
        "time is that of fast-xml-parser, on both sides. By hand nothing is checked: no link, no size, " +
        "no id; and releases are put together by title and sorted by how many share them.",
    ],
  });
}
