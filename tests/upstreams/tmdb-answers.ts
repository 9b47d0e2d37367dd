import {
  castOf,
  directorsOf,
  type Film,
  imdbIdOf,
  otherPostersOf,
  type Person,
  picturePathOf,
  tmdbIdOf,
} from "./films";

/** TMDB's genres; ids are stable, names follow the language. */
export const genres: readonly [id: number, en: string, tr: string][] = [
  [28, "Action", "Aksiyon"],
  [12, "Adventure", "Macera"],
  [16, "Animation", "Animasyon"],
  [35, "Comedy", "Komedi"],
  [80, "Crime", "Suç"],
  [99, "Documentary", "Belgesel"],
  [18, "Drama", "Dram"],
  [10751, "Family", "Aile"],
  [14, "Fantasy", "Fantastik"],
  [36, "History", "Tarih"],
  [27, "Horror", "Korku"],
  [10402, "Music", "Müzik"],
  [9648, "Mystery", "Gizem"],
  [10749, "Romance", "Romantik"],
  [878, "Science Fiction", "Bilim-Kurgu"],
  [10770, "TV Movie", "TV film"],
  [53, "Thriller", "Gerilim"],
  [10752, "War", "Savaş"],
  [37, "Western", "Vahşi Batı"],
];

export function genreRows(ids: readonly number[] | null, language: string) {
  return genres
    .filter(([id]) => ids === null || ids.includes(id))
    .map(([id, en, tr]) => ({ id, name: language === "tr" ? tr : en }));
}

/**
 * A film's words in a language, by TMDB's rules: the title falls back to the original one, story
 * and tagline do not fall back at all.
 */
function wordsOf(film: Film, language: string) {
  const own = film.texts[language];
  return {
    title: own?.title ?? film.originalTitle,
    overview: own?.overview ?? "",
    tagline: own?.tagline ?? "",
  };
}

/** A row of /search/movie and, with its media type, of /find. */
export function listRow(film: Film, language: string) {
  const { title, overview } = wordsOf(film, language);
  return {
    adult: false,
    backdrop_path: film.hasBackdrop ? picturePathOf("backdrop", film.number) : null,
    genre_ids: film.genreIds,
    id: tmdbIdOf(film),
    origin_country: ["US"],
    original_language: film.originalLanguage,
    original_title: film.originalTitle,
    overview,
    popularity: film.voteCount / 100,
    poster_path: film.hasPoster ? picturePathOf("poster", film.number) : null,
    release_date: film.releaseDate ?? "",
    title,
    video: false,
    vote_average: film.score ?? 0,
    vote_count: film.voteCount,
  };
}

/** GET /movie/{id} without anything appended. */
export function detailsOf(film: Film, language: string) {
  const { genre_ids: _, ...row } = listRow(film, language);
  return {
    ...row,
    belongs_to_collection: null,
    budget: 0,
    genres: genreRows(film.genreIds, language),
    homepage: "",
    imdb_id: imdbIdOf(film),
    production_companies: [
      { id: 9_000_001, logo_path: null, name: "Lamplight Pictures", origin_country: "" },
    ],
    production_countries: [{ iso_3166_1: "US", name: "United States of America" }],
    revenue: 0,
    runtime: film.runtimeMinutes ?? 0,
    softcore: false,
    spoken_languages: [{ english_name: "", iso_639_1: film.originalLanguage, name: "" }],
    status: film.releaseDate ? "Released" : "In Production",
    tagline: wordsOf(film, language).tagline,
  };
}

/** GET /movie/{id}/images: more than what is appended to a movie's details. */
export function imagesOf(film: Film, query: Record<string, string>) {
  const [backdrops, logos, posters] = [[], [], []];
  const none = { id: tmdbIdOf(film), backdrops, logos, posters };
  const own = appended.images?.(film, query);
  if (!film.hasPoster || !own) return none;
  const allowed = languagesOf(query, "include_image_language");
  const others = otherPostersOf(film.number).map((file_path, at) => ({
    aspect_ratio: 0.667,
    height: 1500,
    iso_639_1: at === 0 ? null : "en",
    file_path,
    vote_average: 4,
    vote_count: 2,
    width: 1000,
  }));
  const shown = others.filter(({ iso_639_1: code }) => allowed.includes(code ?? "null"));
  const { posters: first } = own as { posters: object[] };
  return { ...none, ...own, posters: [...first, ...shown] };
}

/** What can be appended, with what `language` leaves of it. */
export const appended: Record<string, (film: Film, query: Record<string, string>) => object> = {
  credits: (film) => ({
    cast: castOf(film).map((person, order) => ({
      ...personRow(person, "Acting"),
      cast_id: order + 1,
      character: person.character,
      order,
    })),
    crew: directorsOf(film).flatMap((person) => [
      { ...personRow(person, "Directing"), department: "Directing", job: "Director" },
      // One person, two jobs, two rows.
      { ...personRow(person, "Directing"), department: "Writing", job: "Screenplay" },
    ]),
  }),
  videos: (film, query) => ({
    results: videosOf(film).filter((video) =>
      languagesOf(query, "include_video_language").includes(video.iso_639_1),
    ),
  }),
  images: (film, query) => {
    const allowed = languagesOf(query, "include_image_language");
    const picture = (kind: "poster" | "backdrop", iso: string | null) => ({
      aspect_ratio: kind === "poster" ? 0.667 : 1.778,
      height: kind === "poster" ? 1500 : 1080,
      file_path: picturePathOf(kind, film.number),
      vote_average: 5.3,
      vote_count: 4,
      width: kind === "poster" ? 1000 : 1920,
      iso_639_1: iso,
    });
    const allowedOf = <Row extends { iso_639_1: string | null }>(rows: Row[]) =>
      rows.filter((row) => allowed.includes(row.iso_639_1 ?? "null"));
    return {
      backdrops: film.hasBackdrop ? allowedOf([picture("backdrop", null)]) : [],
      logos: [],
      posters: film.hasPoster
        ? allowedOf([picture("poster", film.originalLanguage), picture("poster", "en")])
        : [],
    };
  },
  release_dates: (film) => ({
    results: film.certification
      ? [
          country(
            "GB",
            [
              ["", 1],
              ["15", 3],
            ],
            film,
          ),
          country(
            "US",
            [
              ["", 1],
              [film.certification, 3],
              ["NR", 4],
            ],
            film,
          ),
          ...(film.number % 4 === 0 ? [country("TR", [["13+", 3]], film)] : []),
        ]
      : [],
  }),
  external_ids: (film) => ({
    imdb_id: imdbIdOf(film),
    wikidata_id: null,
    facebook_id: null,
    instagram_id: null,
    twitter_id: null,
  }),
};

function personRow(person: Omit<Person, "character">, department: string) {
  return {
    adult: false,
    gender: 0,
    id: person.id,
    known_for_department: department,
    name: person.name,
    original_name: person.name,
    popularity: 1.5,
    profile_path: person.hasPicture ? picturePathOf("profile", person.id) : null,
    credit_id: person.id.toString(16).padStart(24, "0"),
  };
}

function videosOf(film: Film) {
  if (film.number % 5 === 0) return [];
  const video = (type: string, official: boolean, iso: string) => ({
    id: film.number.toString(16).padStart(24, "0"),
    iso_639_1: iso,
    iso_3166_1: "US",
    key: `Vigilio${String(film.number).padStart(2, "0")}${official ? "of" : "un"}`,
    name: type,
    site: "YouTube",
    size: 1080,
    type,
    official,
    published_at: "2020-01-01T00:00:00.000Z",
  });
  return [
    video("Featurette", true, "en"),
    video("Trailer", false, "en"),
    video("Trailer", true, "en"),
  ];
}

function country(iso: string, rows: [certification: string, type: number][], film: Film) {
  return {
    iso_3166_1: iso,
    release_dates: rows.map(([certification, type]) => ({
      certification,
      descriptors: [],
      iso_639_1: "",
      note: "",
      release_date: `${film.releaseDate ?? "2030-01-01"}T00:00:00.000Z`,
      type,
    })),
  };
}

/** `language` filters appended pictures and videos, unless their own parameter says otherwise. */
function languagesOf(query: Record<string, string>, name: string): string[] {
  return (query[name] ?? (query.language ?? "en").slice(0, 2)).split(",");
}
