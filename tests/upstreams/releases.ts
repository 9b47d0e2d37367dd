import { createHash } from "node:crypto";
import { bencode } from "@/tests/support/bencode";
import { type Film, imdbIdOf, titleOf } from "./films";

/** A release as the stand-ins for indexers and movie services offer it. */
export interface OfferedRelease {
  film: Film;
  /** As releases are named: `The.Salt.Cartographer.2021.1080p.BluRay.x264-LAMP`. */
  name: string;
  quality: string;
  /** In the words of a movie service: bluray, web. */
  type: string;
  sizeBytes: number;
  seeds: number;
  peers: number;
  publishedAt: Date;
  /** In lower-case hex: of the .torrent that is handed out, unless a test gives another. */
  infoHash: string;
  magnet: string;
  /** What is handed out for it. */
  torrent: Buffer;
  /** The site of an indexer that has several. */
  site: string;
}

const kinds = [
  { quality: "2160p", type: "bluray", tags: "2160p.BluRay.HEVC.HDR.DTS-HD", gigabytes: 18.4 },
  { quality: "1080p", type: "bluray", tags: "1080p.BluRay.x264.AAC", gigabytes: 2.1 },
  { quality: "720p", type: "web", tags: "720p.WEB.H264.AC3", gigabytes: 0.98 },
] as const;

const sites = ["Lantern", "Harbour"] as const;

/** A .torrent of one file. Its pieces are made up: nobody has them. */
function torrentOf(name: string, sizeBytes: number): { bytes: Buffer; infoHash: string } {
  const pieceLength = 2 ** 24;
  const pieces = Buffer.alloc(Math.ceil(sizeBytes / pieceLength) * 20, name);
  const info = { length: sizeBytes, name: `${name}.mkv`, "piece length": pieceLength, pieces };
  return {
    bytes: Buffer.from(bencode({ announce: "http://127.0.0.1:1/announce", info })),
    infoHash: createHash("sha1").update(bencode(info)).digest("hex"),
  };
}

/** The same releases for the same film each time, the largest first. */
export function releasesOf(film: Film): OfferedRelease[] {
  const title = titleOf(film)
    .replace(/[^\p{L}\p{N}]+/gu, ".")
    .replace(/^\.|\.$/g, "");
  const year = film.releaseDate?.slice(0, 4);
  return kinds.map((kind, place) => {
    const name = [title, year, `${kind.tags}-LAMP`].filter(Boolean).join(".");
    const sizeBytes = Math.round(kind.gigabytes * 1024 ** 3) + film.number * 1024;
    const { bytes, infoHash } = torrentOf(name, sizeBytes);
    const seeds = (film.number * 37 + place * 113) % 400;
    return {
      ...{ film, name, quality: kind.quality, type: kind.type, sizeBytes, seeds, infoHash },
      peers: seeds + (film.number % 9),
      publishedAt: new Date(Date.UTC(2024, film.number % 12, 1 + place, 12, 30, 5)),
      magnet: `magnet:?xt=urn:btih:${infoHash}&dn=${encodeURIComponent(name)}&tr=${encodeURIComponent("udp://127.0.0.1:1/announce")}`,
      torrent: bytes,
      site: sites[(film.number + place) % sites.length] ?? sites[0],
    };
  });
}

const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** What services look into: every word asked for stands in one of the film's titles or its year. */
export function isAskedFor(film: Film, question: string): boolean {
  const wanted = wordsIn(question);
  const titles = [film.originalTitle, ...Object.values(film.texts).map(({ title }) => title)];
  return (
    wanted.length > 0 &&
    (question.trim() === imdbIdOf(film) ||
      titles.some((title) => {
        const words = [...wordsIn(plain(title ?? "")), film.releaseDate?.slice(0, 4) ?? ""];
        return wanted.every((word) => words.includes(plain(word)));
      }))
  );
}

/** Sites look for words without their accents. */
const plain = (text: string) => text.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "");
