import type { PictureView } from "@/lib/movies/schema";

interface PictureProps {
  picture: PictureView;
  /** The `sizes` attribute: how wide it is drawn. */
  sizes: string;
  /** The first thing that is seen: fetched at once, before others. */
  first?: boolean;
  className?: string;
}

/**
 * A stored picture. It has its size and its dominant colour before it is there, so that nothing
 * jumps; what it shows is told by the text around it.
 */
export function Picture({ picture, sizes, first = false, className = "" }: PictureProps) {
  return (
    // biome-ignore lint/performance/noImgElement: pictures are stored in the widths that are needed
    <img
      src={picture.url}
      srcSet={picture.sizes.map(({ url, width }) => `${url} ${width}w`).join(", ")}
      sizes={sizes}
      width={picture.width}
      height={picture.height}
      loading={first ? "eager" : "lazy"}
      fetchPriority={first ? "high" : undefined}
      decoding="async"
      alt=""
      style={{ backgroundColor: picture.color }}
      className={`object-cover ${className}`}
    />
  );
}
