import { afterEach, describe, expect, it } from "vitest";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { AppError } from "@/lib/errors";
import { films } from "@/tests/upstreams/films";
import {
  type IndexerOptions,
  type IndexerStandIn,
  indexerFailures,
  indexerKey,
  startIndexer,
} from "@/tests/upstreams/indexer";
import { releasesOf } from "@/tests/upstreams/releases";
import { indexerCaps, searchIndexer } from "../torznab/client";
import { resolveLink } from "./resolve-link";

let standIn: IndexerStandIn | undefined;

afterEach(async () => {
  await standIn?.close();
  standIn = undefined;
});

const film = films[0];
if (!film) throw new Error("no films");
const [release] = releasesOf(film);
if (!release) throw new Error("no releases");

/** The link of the film's first release, as the indexer gives it. */
async function linkFrom(options: IndexerOptions): Promise<string> {
  standIn = await startIndexer(options);
  const { host } = new URL(standIn.url);
  const connection = {
    ...{ url: standIn.url, apiKey: indexerKey, categories: [2000], privateHost: host },
  };
  const caps = await indexerCaps(connection);
  const found = await searchIndexer(connection, caps, { text: "The Salt Cartographer" });
  return found.items[0]?.release.link ?? "";
}

const take = (link: string, privateHost = standIn ? new URL(standIn.origin).host : null) =>
  resolveLink(link, { privateHost, parse: (bytes) => parseTorrentFile(bytes, "source") });

async function refusalOf(taken: Promise<unknown>): Promise<string | undefined> {
  const error = await taken.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return Object.values((error as AppError).fields ?? {})[0]?.code;
}

describe("a release that is taken", () => {
  it("is a magnet as it stands in the feed", async () => {
    const link = await linkFrom({ kind: "jackett", links: "magnet" });
    expect(await take(link, null)).toEqual({ kind: "magnet", magnet: release.magnet });
    expect(standIn?.requests.some(({ path }) => path.startsWith("/dl/"))).toBe(false);
  });

  it.each(["jackett", "prowlarr"] as const)("is a magnet that %s sends on to", async (kind) => {
    const link = await linkFrom({ kind, links: "redirect" });
    expect(link).toMatch(/^http:/);
    expect(await take(link)).toEqual({ kind: "magnet", magnet: release.magnet });
  });

  it.each(["jackett", "prowlarr", "tracker"] as const)("is a .torrent of %s", async (kind) => {
    const link = await linkFrom({ kind, links: "torrent" });
    expect(await take(link)).toMatchObject({
      kind: "file",
      bytes: release.torrent,
      torrent: { infoHashV1: release.infoHash },
    });
  });

  it("is refused in words for what came instead", async () => {
    const link = await linkFrom({ kind: "jackett", links: "torrent" });
    const codes: (string | undefined)[] = [];
    for (const failure of [
      ...[400, 404, 410, 401, 403, 429, 500].map((status) => ({ status })),
      indexerFailures.page,
      { status: 200, body: "" },
      { status: 200, body: "x".repeat(11 * 1024 ** 2) },
      { status: 200, body: "d8:announce" },
      { status: 302, headers: { location: "http://169.254.169.254/" } },
      { status: 302, headers: { location: "ftp://films.example/" } },
      "down" as const,
    ]) {
      standIn?.fail(failure);
      codes.push(await refusalOf(take(link)));
    }
    expect(codes).toEqual([
      ...["release-gone", "release-gone", "release-gone", "release-sign-in", "release-sign-in"],
      ...["release-limit", "release-status", "release-sign-in"],
      ...["release-no-torrent", "release-no-torrent", "torrent-truncated"],
      ...["release-private", "release-no-torrent", "release-unreachable"],
    ]);
  });

  it("is refused when its key is no longer taken", async () => {
    const link = await linkFrom({ kind: "tracker", links: "torrent" });
    expect(await refusalOf(take(link.replace(indexerKey, "old")))).toBe("release-sign-in");
    expect(await refusalOf(take(link.replace(/id=.*/, "id=0")))).toBe("release-gone");
  });

  it("never leads anybody into a private network that no admin typed", async () => {
    const link = await linkFrom({ kind: "jackett", links: "torrent" });
    expect(await refusalOf(take(link, null))).toBe("release-private");
    expect(await refusalOf(take(link, "127.0.0.1:1"))).toBe("release-private");
  });
});
