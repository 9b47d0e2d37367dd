import type { WatchFacts } from "@/app/_components/watch/facts";
import { requireUser } from "@/lib/auth/current-user";
import { loadMayChange } from "@/lib/demo/loaders";
import { loadNextUp } from "@/lib/movies/loaders";
import type { MovieCard, MovieView, PictureView } from "@/lib/movies/schema";
import { loadEarlierPlaces } from "@/lib/playback/loaders";
import { smallerChoices } from "@/lib/versions/choose";

/** Wide enough for the card that offers it. */
const cardWidth = 300;

function artworkOf(picture: PictureView | null): WatchFacts["artwork"] {
  if (!picture) return [];
  return picture.sizes.map(({ url, width }) => ({
    src: url,
    sizes: `${width}x${Math.round((width * picture.height) / picture.width)}`,
    type: "image/webp",
  }));
}

function nextOf({ id, title, releaseDate, backdrop, poster }: MovieCard): WatchFacts["next"] {
  const sizes = (backdrop ?? poster)?.sizes ?? [];
  const picture = sizes.find(({ width }) => width >= cardWidth) ?? sizes.at(-1);
  return {
    ...{ id, title },
    year: releaseDate?.slice(0, 4) || null,
    pictureUrl: picture?.url ?? null,
  };
}

/** What is shown and offered around the picture of a movie, for whoever asks. */
export async function watchFacts(movie: MovieView): Promise<WatchFacts> {
  const [user, mayChange, next, earlierPlaces] = await Promise.all([
    requireUser(),
    loadMayChange(),
    loadNextUp(movie.id),
    loadEarlierPlaces(movie.id),
  ]);
  const smaller = user.role === "admin" && mayChange ? smallerChoices(movie.versions) : null;
  const height = smaller?.heights[0];
  return {
    title: movie.title,
    artwork: [...artworkOf(movie.poster), ...artworkOf(movie.backdrop)],
    next: next && nextOf(next),
    earlierPlaces,
    chapters: Object.fromEntries(
      movie.versions.map(({ id, chapters: list, creditsStartSeconds }) => [
        id,
        { list, creditsStartSeconds },
      ]),
    ),
    mayCast: mayChange,
    convert: smaller && height ? { versionId: smaller.versionId, height } : null,
  };
}
