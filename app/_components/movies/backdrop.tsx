import type { PictureView } from "@/lib/movies/schema";
import { Picture } from "./picture";

/** A picture behind the upper part of a page that fades into the ink. Text on it needs a `Scrim`. */
export function Backdrop({ picture }: { picture: PictureView | null }) {
  if (!picture) return null;
  return (
    <div aria-hidden className="absolute inset-0 -z-10 overflow-hidden">
      <Picture
        picture={picture}
        sizes="100vw"
        first
        className="absolute inset-0 size-full object-[50%_25%]"
      />
      <div className="absolute inset-0 bg-linear-to-t from-ink via-ink/30 to-ink/15" />
    </div>
  );
}
