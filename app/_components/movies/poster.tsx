import type { PictureView } from "@/lib/movies/schema";
import { Picture } from "./picture";

interface PosterProps {
  title: string;
  poster: PictureView | null;
  sizes: string;
  first?: boolean;
}

/** The poster, or a plate with the title where there is none; always two to three. */
export function Poster({ title, poster, sizes, first = false }: PosterProps) {
  if (poster) {
    return (
      <Picture picture={poster} sizes={sizes} first={first} className="aspect-2/3 size-full" />
    );
  }
  return (
    <div
      aria-hidden
      className="grid aspect-2/3 size-full place-items-center bg-linear-to-b from-raised to-surface p-3"
    >
      <span dir="auto" className="line-clamp-5 text-center font-semibold text-balance text-faint">
        {title}
      </span>
    </div>
  );
}
