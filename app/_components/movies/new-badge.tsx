import type { MovieCard } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { Badge } from "../ui/badge";

const newForMs = 7 * 24 * 60 * 60 * 1000;

/** On a movie that came in the last week and that this person has not begun. */
export async function NewBadge({ movie }: { movie: MovieCard }) {
  const isNew =
    movie.status === "ready" &&
    !movie.watched &&
    movie.progress === null &&
    Date.now() - Date.parse(movie.addedAt) < newForMs;
  if (!isNew) return null;
  const t = await words("live");
  return (
    <span className="absolute start-2 bottom-2">
      <Badge tone="lamp">{t("new")}</Badge>
    </span>
  );
}
