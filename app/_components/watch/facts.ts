import type { FilmChapter } from "@/lib/versions/chapters";

/** What is offered when a film is over. */
export interface NextMovie {
  id: string;
  title: string;
  year: string | null;
  pictureUrl: string | null;
}

/** What everything around the picture has to know of a movie. */
export interface WatchFacts {
  title: string;
  /** Pictures for the system's own player controls. */
  artwork: { src: string; sizes: string; type: string }[];
  /** What to watch after this one; null when there is nothing. */
  next: NextMovie | null;
  /** Where the person was before they jumped elsewhere, in seconds, newest first. */
  earlierPlaces: number[];
  /** By version. */
  chapters: Record<string, { list: FilmChapter[]; creditsStartSeconds: number | null }>;
  /** Whether it may be sent to a television, for which a ticket is made. */
  mayCast: boolean;
  /** A version that every browser plays and that this person may ask for. */
  convert: { versionId: string; height: 720 | 480 } | null;
}
