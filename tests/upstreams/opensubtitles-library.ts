import { type Film, imdbIdOf, titleOf, tmdbIdOf } from "./films";
import { srtOf, subtitleLanguages } from "./subtitle-texts";

/** A subtitle that the stand-in offers. */
export interface OfferedSubtitle {
  fileId: number;
  /** As OpenSubtitles writes it, such as `en`, `pt-BR`. */
  language: string;
  release: string;
  /** Null for a film that OpenSubtitles cannot place. */
  imdbId: string | null;
  title: string;
  year: number | null;
  tmdbId?: number | null;
  featureType?: "Movie" | "Episode";
  /** Hashes of the files that it was made for. */
  movieHashes?: readonly string[];
  fps?: number;
  cdCount?: number;
  fromTrusted?: boolean | null;
  hearingImpaired?: boolean;
  foreignPartsOnly?: boolean;
  aiTranslated?: boolean;
  machineTranslated?: boolean;
  downloadCount?: number;
  votes?: number;
  rating?: number;
  /** What the link leads to: SubRip unless told otherwise. */
  content?: string | Buffer;
}

/** `The.Salt.Cartographer.2021.1080p.WEB-DL.x264-LAMP`. */
export function releaseOf(film: Film, kind = "1080p.WEB-DL.x264-LAMP"): string {
  const name = titleOf(film)
    .replace(/[^\p{L}\p{N}]+/gu, ".")
    .replace(/^\.|\.$/g, "");
  return [name, film.releaseDate?.slice(0, 4), kind].filter((part) => part).join(".");
}

/** One subtitle in each language for every film, and a few odd ones for the first. */
export function offeredFor(films: readonly Film[]): OfferedSubtitle[] {
  return films.flatMap((film) => {
    const common = {
      imdbId: imdbIdOf(film),
      tmdbId: tmdbIdOf(film),
      title: titleOf(film),
      year: film.releaseDate ? Number(film.releaseDate.slice(0, 4)) : null,
    };
    const usual = subtitleLanguages.map((language, index) => ({
      ...common,
      fileId: film.number * 1000 + index + 1,
      language,
      release: releaseOf(film, index % 2 === 0 ? undefined : "720p.BluRay.x264-LANTERN"),
      fps: index % 4 === 3 ? 0 : 23.976,
      fromTrusted: index % 5 === 4 ? null : index % 2 === 0,
      downloadCount: 1000 - index * 10,
    }));
    if (film.number !== 1) return usual;
    const odd: OfferedSubtitle[] = [
      {
        ...common,
        fileId: 1901,
        language: "en",
        release: releaseOf(film, "CD.DVDRip"),
        cdCount: 2,
      },
      { ...common, fileId: 1902, language: "en", release: releaseOf(film), hearingImpaired: true },
      { ...common, fileId: 1903, language: "en", release: releaseOf(film), foreignPartsOnly: true },
      { ...common, fileId: 1904, language: "tr", release: releaseOf(film), aiTranslated: true },
      {
        ...common,
        fileId: 1905,
        language: "tr",
        release: releaseOf(film),
        machineTranslated: true,
      },
    ];
    return [...usual, ...odd];
  });
}

/** A row of GET /subtitles. `matchesHash` is null when no hash was sent. */
export function rowOf(offered: OfferedSubtitle, matchesHash: boolean | null) {
  const cdCount = offered.cdCount ?? 1;
  const legacyId = offered.fileId + 5_000_000;
  const imdbNumber = offered.imdbId ? Number(offered.imdbId.slice(2)) : null;
  return {
    id: String(legacyId),
    type: "subtitle",
    attributes: {
      subtitle_id: String(legacyId),
      language: offered.language,
      download_count: offered.downloadCount ?? 10,
      new_download_count: 1,
      hearing_impaired: offered.hearingImpaired ?? false,
      hd: true,
      fps: offered.fps ?? 23.976,
      votes: offered.votes ?? 0,
      ratings: offered.rating ?? 0,
      from_trusted: offered.fromTrusted ?? null,
      foreign_parts_only: offered.foreignPartsOnly ?? false,
      upload_date: "2024-05-01T12:00:00Z",
      file_hashes: offered.movieHashes ?? [],
      ai_translated: offered.aiTranslated ?? false,
      nb_cd: cdCount,
      slug: offered.release.toLowerCase(),
      machine_translated: offered.machineTranslated ?? false,
      release: offered.release,
      comments: null,
      legacy_subtitle_id: legacyId,
      legacy_uploader_id: null,
      uploader: { uploader_id: null, name: "Anonymous", rank: null },
      feature_details: {
        feature_id: 600_000 + (imdbNumber ?? 0),
        feature_type: offered.featureType ?? "Movie",
        year: offered.year,
        title: offered.title,
        movie_name: `${offered.year ?? ""} - ${offered.title}`,
        imdb_id: imdbNumber,
        tmdb_id: offered.tmdbId ?? null,
      },
      url: `https://www.opensubtitles.com/en/subtitles/legacy/${legacyId}`,
      related_links: [],
      files: Array.from({ length: cdCount }, (_, part) => ({
        file_id: offered.fileId + part * 100_000,
        cd_number: part + 1,
        file_name: offered.release,
      })),
      ...(matchesHash === null ? {} : { moviehash_match: matchesHash }),
    },
  };
}

/** What the link of a subtitle leads to. */
export function contentOf(offered: OfferedSubtitle): string | Buffer {
  return offered.content ?? srtOf(offered.language, 40);
}
