import type { PictureView } from "@/lib/movies/schema";
import { Picture } from "./picture";

/** A picture behind the upper part of a page that fades into the ink; text on it stays readable. */
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
      <div className="absolute inset-0 bg-linear-to-t from-ink from-5% via-ink/75 via-55% to-ink/30" />
      <div className="absolute inset-0 hidden bg-linear-to-r from-ink/85 via-ink/40 to-transparent md:block rtl:bg-linear-to-l" />
    </div>
  );
}
