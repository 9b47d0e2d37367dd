import { Play } from "lucide-react";
import type { MovieCard } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { timeLeft } from "../words/measures";
import { PlayLink } from "./play-link";

/** Play, or resume with what is left; nothing while the movie cannot be watched. */
export async function PlayButton({
  movie,
}: {
  movie: Pick<MovieCard, "id" | "status" | "quality" | "progress">;
}) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  // A second version on its way does not take the first one away.
  if (movie.status !== "ready" && movie.quality === null) return null;
  return (
    <PlayLink tone="primary" data-stop href={`/watch/${movie.id}`} className="max-sm:w-full">
      <Play aria-hidden className="size-5 fill-current" />
      {movie.progress ? t("resume", { time: timeLeft(movie.progress, locale) }) : t("play")}
    </PlayLink>
  );
}
