import sharp from "sharp";
import { z } from "zod";
import library from "./films.json" with { type: "json" };

const words = z.object({
  title: z.string().optional(),
  overview: z.string().optional(),
  tagline: z.string().optional(),
});

const filmSchema = z.object({
  /** 1 and up: ids follow from it. */
  number: z.number().int(),
  originalTitle: z.string(),
  originalLanguage: z.string(),
  /** By two-letter language. What is absent has no translation. */
  texts: z.record(z.string(), words),
  /** YYYY-MM-DD. */
  releaseDate: z.string().nullable(),
  runtimeMinutes: z.number().nullable(),
  genreIds: z.array(z.number()),
  score: z.number().nullable(),
  voteCount: z.number(),
  /** In the United States. */
  certification: z.string().nullable(),
  hasPoster: z.boolean(),
  hasBackdrop: z.boolean(),
});

/** An invented film: what the stand-ins for TMDB and OpenSubtitles know. */
export type Film = z.output<typeof filmSchema>;

/** More than sixty invented films, with titles of 1 to 90 characters in a dozen languages. */
export const films: readonly Film[] = z.array(filmSchema).parse(library);

/** `tt7000001` for the first film. */
export const imdbIdOf = (film: Film) => `tt${7_000_000 + film.number}`;
export const tmdbIdOf = (film: Film) => 7_000_000 + film.number;

/** The film of an IMDb id; a test that names another has a mistake in it. */
export function filmOf(imdbId: string, among: readonly Film[] = films): Film {
  const film = among.find((one) => imdbIdOf(one) === imdbId);
  if (!film) throw new Error(`no film has the id ${imdbId}`);
  return film;
}

/** The title as people read it: English where there is one. */
export const titleOf = (film: Film) => film.texts.en?.title ?? film.originalTitle;

/** IMDb ids that TMDB knows, but not as a film. */
export const otherIds = { series: "tt7900001", episode: "tt7900002" } as const;

const givenNames =
  "Ada Bruno Celia Dimitri Elif Farid Greta Hugo Ines Jonas Kaya Leyla Milan Nora Oskar Priya Quentin Rosa Selim Tove Uma Viktor Wanda Ximena Yusuf Zora".split(
    " ",
  );
const familyNames =
  "Abendroth Barlas Corvino Delacroix Ekberg Fontaine Gallowglass Halvorsen Ivarsson Jarosz Kestrel Lindqvist Morvane Navarro Okonjo Petrossian Quillfeather Rasmussen Sandoval Thornbury Ulusoy Vantongeren Whitlock Yamamura Zielinski".split(
    " ",
  );
const parts =
  "The keeper,A stranger,The sister,Inspector Vale,The boy,Old Tamsin,The captain,A voice,The neighbour,Doctor Amsel".split(
    ",",
  );

export interface Person {
  id: number;
  name: string;
  character: string;
  hasPicture: boolean;
}

/** The same invented people for the same film each time; some play in several films. */
export function castOf(film: Film): Person[] {
  // Enough for a list that has to be cut, and none for a film that nothing is known of.
  const count = film.genreIds.length === 0 ? 0 : film.number === 1 ? 27 : 4 + (film.number % 9);
  return Array.from({ length: count }, (_, place) => {
    const pick = film.number * 7 + place * 11;
    const person = personOf(pick);
    return {
      ...person,
      // Empty where TMDB does not know the part.
      character: place === 3 ? "" : (parts[place % parts.length] ?? ""),
      hasPicture: person.id % 4 !== 0,
    };
  });
}

export function directorsOf(film: Film): Omit<Person, "character">[] {
  if (film.genreIds.length === 0) return [];
  const first = { ...personOf(film.number * 13 + 400), hasPicture: false };
  return film.number % 10 === 0
    ? [first, { ...personOf(film.number * 13 + 405), hasPicture: false }]
    : [first];
}

function personOf(pick: number): { id: number; name: string } {
  const given = givenNames[pick % givenNames.length] ?? "";
  const family = familyNames[(pick * 3) % familyNames.length] ?? "";
  return {
    id: 8_000_000 + (pick % givenNames.length) * 100 + ((pick * 3) % familyNames.length),
    name: `${given} ${family}`,
  };
}

export type PictureKind = "poster" | "backdrop" | "profile";

/** Path of a picture in TMDB's form. */
export const picturePathOf = (kind: PictureKind, number: number) => `/${kind}${number}Vigilio.jpg`;

/** Of a film's other posters, which are its first one in other colours. */
export const otherPostersOf = (number: number) =>
  ["b", "c"].map((which) => `/poster${number}${which}Vigilio.jpg`);

const shapes = {
  poster: { width: 1000, height: 1500 },
  backdrop: { width: 1920, height: 1080 },
  profile: { width: 632, height: 948 },
} as const;

/** Draws a picture as JPEG: every film has a colour of its own, and its title on the poster. */
export async function drawPicture(path: string, among: readonly Film[] = films) {
  const found = /^\/(poster|backdrop|profile)(\d+)([bc]?)Vigilio\.jpg$/.exec(path);
  if (!found) return null;
  const kind = found[1] as PictureKind;
  const number = Number(found[2]);
  const film = among.find((one) => one.number === number);
  if (kind !== "profile" && !film) return null;
  const { width, height } = shapes[kind];
  // Steps of the golden angle keep neighbours apart.
  const hue = (number * 137.5 + ["", "b", "c"].indexOf(found[3] ?? "") * 90) % 360;
  const title = film && kind === "poster" ? titleOf(film) : "";
  const isLong = title.length > 40;
  const size = Math.round(width / (isLong ? 17 : 12));
  const lines = title === "" ? [] : wrap(title, isLong ? 22 : 14);
  const text = lines
    .map(
      (line, index) =>
        `<text x="50%" y="${height * 0.62 + index * size * 1.15}" font-size="${size}" ` +
        `font-family="sans-serif" fill="#fff" text-anchor="middle">${escapeXml(line)}</text>`,
    )
    .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1">
      <stop offset="0" stop-color="hsl(${hue},55%,46%)"/>
      <stop offset="1" stop-color="hsl(${(hue + 40) % 360},60%,12%)"/>
    </linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${width * (0.25 + (number % 5) / 10)}" cy="${height * 0.3}" r="${Math.min(width, height) * 0.17}"
      fill="hsl(${(hue + 180) % 360},70%,70%)" opacity="0.85"/>
    <path d="M0 ${height * 0.55} Q ${width / 3} ${height * (0.38 + (number % 4) / 20)} ${width * 0.6} ${height * 0.55} T ${width} ${height * 0.5} V ${height} H 0 Z"
      fill="hsl(${(hue + 20) % 360},45%,16%)" opacity="0.9"/>
    ${text}
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}

/** Lines of about `columns` letters; Chinese and Japanese may break anywhere. */
function wrap(title: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of title.split(" ")) {
    if (line !== "" && line.length + word.length >= columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].slice(0, 8);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
