"use client";

import { useState } from "react";
import { Poster } from "../movies/poster";

/** A found movie's poster, small; its title on a plate where there is none, or none comes. */
export function FoundPoster({ title, url }: { title: string; url: string | null }) {
  const [isMissing, setMissing] = useState(false);
  return (
    <div className="h-24 w-16 shrink-0 overflow-hidden rounded-lg bg-raised text-caption sm:h-30 sm:w-20">
      {url && !isMissing ? (
        // biome-ignore lint/performance/noImgElement: it is stored in the width that is needed
        <img
          src={url}
          alt=""
          width={80}
          height={120}
          loading="lazy"
          decoding="async"
          onError={() => setMissing(true)}
          className="size-full object-cover"
        />
      ) : (
        <Poster title={title} poster={null} sizes="5rem" />
      )}
    </div>
  );
}
