import type { MovieCard as Card } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { cardFacts } from "../movies/card-facts";
import { MovieCard } from "../movies/movie-card";
import { State } from "./section";

const long = "2020-01-01T00:00:00.000Z";
const stopped = { positionSeconds: 2400, durationSeconds: 6000, updatedAt: long };

/** A movie that there is not: every state of a card is drawn from it. */
function example(title: string, own: Partial<Card>): Card {
  return {
    ...{ id: "0000000000000000", imdbId: null, tmdbId: null, title, releaseDate: "1925-06-26" },
    ...{ runtimeMinutes: 95, score: 7.6, posterUrl: null, backdropUrl: null, poster: null },
    ...{ backdrop: null, genres: [], quality: "HD", status: "ready", statusDetail: null },
    ...{ addedAt: long, progress: null, inList: false, watched: false },
    ...own,
  } as Card;
}

/** A card in every state that a movie can be in. */
export async function MovieStates() {
  const t = await words("design");
  const [short, title] = [t("sample.film"), t("sample.longFilm")];
  const states: [name: string, movie: Card][] = [
    ["ready", example(short, {})],
    ["new", example(short, { addedAt: new Date().toISOString(), quality: "4K" })],
    ["begun", example(short, { progress: stopped })],
    ["long", example(title, { quality: "SD", releaseDate: null })],
    ["adding", example(short, { status: "adding", quality: null })],
    ["downloading", example(short, { status: "downloading", quality: null })],
    ["processing", example(short, { status: "processing", quality: null })],
    ["deciding", example(short, { status: "deciding", quality: null })],
    ["failed", example(short, { status: "failed", quality: null })],
  ];
  const facts = await cardFacts(states.map(([, movie]) => movie));
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-4 lg:grid-cols-6">
      {facts
        .map((movie, at) => [states[at]?.[0] ?? "", movie] as const)
        .map(([name, movie]) => (
          <State key={name} name={t(`movie.${name}`)}>
            {/* To look at: there is no such movie to open. */}
            <div inert>
              <MovieCard movie={movie} sizes="10rem" />
            </div>
          </State>
        ))}
    </div>
  );
}
