import sharp from "sharp";
import { drawPicture, type Film, imdbIdOf, films as library, otherIds, tmdbIdOf } from "./films";
import { type Answer, type LoggedRequest, type StandIn, startStandIn } from "./server";
import { appended, detailsOf, genreRows, imagesOf, listRow } from "./tmdb-answers";

/** Keys that the stand-in takes, unless told otherwise. They open nothing anywhere else. */
export const tmdbKeys = {
  v3: "0123456789abcdef0123456789abcdef",
  v4: "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJzdGFuZC1pbiIsInNjb3BlcyI6WyJhcGlfcmVhZCJdfQ.c3RhbmQtaW4",
} as const;

export interface TmdbStandIn {
  apiUrl: string;
  imageUrl: string;
  /** Of the API; pictures have a log of their own. */
  requests: LoggedRequest[];
  imageRequests: LoggedRequest[];
  fail: StandIn["fail"];
  failAt: StandIn["failAt"];
  failAlways: StandIn["failAlways"];
  /** Pictures come from another host, which may be blocked while the API works. */
  failImages: StandIn["failAlways"];
  close(): Promise<void>;
}

/** A TMDB of invented films on 127.0.0.1, with the real one's answers and refusals. */
export async function startTmdb({
  movies = library,
  keys = Object.values(tmdbKeys),
  port,
  imagePort,
}: {
  movies?: readonly Film[];
  keys?: readonly string[];
  port?: number;
  imagePort?: number;
} = {}): Promise<TmdbStandIn> {
  const api = await startStandIn((request) => answer(request, movies, keys), { port });
  const images = await startStandIn((request) => picture(request, movies), { port: imagePort });
  return {
    apiUrl: `${api.origin}/3`,
    imageUrl: `${images.origin}/t/p`,
    requests: api.requests,
    imageRequests: images.requests,
    fail: api.fail,
    failAt: api.failAt,
    failAlways: api.failAlways,
    failImages: images.failAlways,
    async close() {
      await Promise.all([api.close(), images.close()]);
    },
  };
}

function refusal(status: number, code: number, message: string): Answer {
  return {
    status,
    headers: status === 401 ? { "cache-control": "public, max-age=300" } : {},
    body: { success: false, status_code: code, status_message: message },
  };
}

const missing = refusal(404, 34, "The resource you requested could not be found.");

/** A v3 key counts in the query alone, a v4 token as Bearer alone. */
function isAllowed({ query, headers }: LoggedRequest, keys: readonly string[]): boolean {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer.split(".").length === 3 && keys.includes(bearer);
  const key = query.api_key ?? "";
  return /^[0-9a-f]{32}$/i.test(key) && keys.includes(key);
}

function answer(request: LoggedRequest, movies: readonly Film[], keys: readonly string[]): Answer {
  if (!isAllowed(request, keys)) {
    return refusal(401, 7, "Invalid API key: You must be granted a valid key.");
  }
  if (request.method !== "GET") return refusal(405, 42, "This request method is not supported.");
  const { path, query } = request;
  const language = (query.language ?? "en").slice(0, 2);

  const find = /^\/3\/find\/([^/]+)$/.exec(path)?.[1];
  if (find) return { status: 200, body: findAnswer(find, query, movies, language) };

  const id = /^\/3\/movie\/(\d+)$/.exec(path)?.[1];
  if (id) {
    const film = movies.find((one) => tmdbIdOf(one) === Number(id));
    if (!film) return missing;
    const more = (query.append_to_response ?? "").split(",").filter((name) => name !== "");
    if (more.length > 20) {
      return refusal(400, 27, "Too many append to response objects: The maximum is 20.");
    }
    const parts = more.flatMap((name) => {
      const make = appended[name];
      return make ? [[name, make(film, query)]] : [];
    });
    return {
      status: 200,
      headers: { "cache-control": "public, max-age=2485" },
      body: { ...detailsOf(film, language), ...Object.fromEntries(parts) },
    };
  }

  const pictured = /^\/3\/movie\/(\d+)\/images$/.exec(path)?.[1];
  if (pictured) {
    const film = movies.find((one) => tmdbIdOf(one) === Number(pictured));
    return film ? { status: 200, body: imagesOf(film, query) } : missing;
  }

  if (path === "/3/search/movie") return search(query, movies, language);
  if (path === "/3/genre/movie/list") {
    return { status: 200, body: { genres: genreRows(null, language) } };
  }
  if (path === "/3/authentication") {
    return { status: 200, body: { success: true, status_code: 1, status_message: "Success." } };
  }
  if (path === "/3/configuration") return { status: 200, body: configuration };
  return missing;
}

function findAnswer(
  id: string,
  query: Record<string, string>,
  movies: readonly Film[],
  language: string,
) {
  const none = {
    movie_results: [] as object[],
    person_results: [],
    tv_results: [] as object[],
    tv_episode_results: [] as object[],
    tv_season_results: [],
  };
  if (query.external_source !== "imdb_id") return none;
  const film = movies.find((one) => imdbIdOf(one) === id);
  if (film) none.movie_results.push({ ...listRow(film, language), media_type: "movie" });
  const show = { id: 7_900_001, name: "The Tin Parade", media_type: "tv", genre_ids: [18] };
  if (id === otherIds.series) none.tv_results.push(show);
  if (id === otherIds.episode) {
    none.tv_episode_results.push({ id: 7_900_002, name: "Pilot", media_type: "tv_episode" });
  }
  return none;
}

/** Words of the title in any language, none of them misspelt: there is no fuzzy matching. */
function search(query: Record<string, string>, movies: readonly Film[], language: string): Answer {
  const page = Number(query.page ?? 1);
  if (!Number.isInteger(page) || page < 1 || page > 500) {
    return refusal(
      400,
      22,
      "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.",
    );
  }
  if (!query.query) return { status: 422, body: { errors: ["query must be provided"] } };
  const wanted = wordsIn(query.query);
  const year = query.primary_release_year ?? query.year;
  const found = movies.filter((film) => {
    const titles = [film.originalTitle, ...Object.values(film.texts).map((text) => text.title)];
    const isNamed = titles.some((title) => {
      const words = wordsIn(title ?? "");
      return wanted.every((word) => words.includes(word));
    });
    return isNamed && (!year || film.releaseDate?.startsWith(year));
  });
  return {
    status: 200,
    headers: { "cache-control": "public, max-age=20123" },
    body: {
      page,
      results: found.slice((page - 1) * 20, page * 20).map((film) => listRow(film, language)),
      // 1 also where there is nothing.
      total_pages: Math.max(1, Math.ceil(found.length / 20)),
      total_results: found.length,
    },
  };
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

const configuration = {
  images: {
    base_url: "http://image.tmdb.org/t/p/",
    secure_base_url: "https://image.tmdb.org/t/p/",
    backdrop_sizes: ["w300", "w780", "w1280", "original"],
    logo_sizes: ["w45", "w92", "w154", "w185", "w300", "w500", "original"],
    poster_sizes: ["w92", "w154", "w185", "w342", "w500", "w780", "original"],
    profile_sizes: ["w45", "w185", "h632", "original"],
    still_sizes: ["w92", "w185", "w300", "original"],
  },
  change_keys: ["images", "overview", "title"],
};

/** Pictures need no key. */
async function picture({ path }: LoggedRequest, movies: readonly Film[]): Promise<Answer> {
  const asked = /^\/t\/p\/(original|[wh]\d+)(\/[^/]+)$/.exec(path);
  const original = asked?.[2] ? await drawPicture(asked[2], movies) : null;
  if (!asked?.[1] || !original) return { status: 404, body: "File not found" };
  const [, side, length] = /^([wh])(\d+)$/.exec(asked[1]) ?? [];
  const bytes =
    length === undefined
      ? original
      : await sharp(original)
          .resize({ [side === "w" ? "width" : "height"]: Number(length) })
          .jpeg({ quality: 85 })
          .toBuffer();
  return {
    status: 200,
    headers: { "content-type": "image/jpeg", "cache-control": "public, max-age=31536000" },
    body: bytes,
  };
}
