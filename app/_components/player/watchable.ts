import type { Timing } from "@/lib/subtitles/timing";
import type { Preferences, TrackChoice } from "@/lib/users/schema";
import type { VersionView } from "@/lib/versions/schema";

/** A subtitle that the player can show. */
export interface PlayerSubtitle {
  id: string;
  language: string;
  label: string;
  url: string;
  forced: boolean;
  hearingImpaired: boolean;
  source: "upload" | "embedded" | "sidecar" | "opensubtitles";
  machineTranslated: boolean;
  /** The household's. */
  timing: Timing;
}

/** A version that is ready. */
export interface PlayerVersion
  extends Pick<
    VersionView,
    "id" | "width" | "height" | "durationSeconds" | "sizeBytes" | "codecs" | "playsIn"
  > {
  /** 4K, 1080p. */
  name: string;
  /** In words: 1.4 GB. */
  size: string | null;
  /** Of the 16:9 frame that its picture lies in. */
  lines: number;
  streamUrl: string;
  /** The same film with every sound track; null when it has one. */
  hlsUrl: string | null;
  /** Pictures for the seek bar; null while there are none. */
  previewUrl: string | null;
  /** The language of the sound that plays by default; null when it is not known. */
  heard: string | null;
  subtitles: PlayerSubtitle[];
}

/** Who watches. */
export interface WatchingPerson {
  preferences: Preferences;
  /** What they picked for this movie last. */
  choice: TrackChoice;
  /** Whether what they mend is mended for the whole household. */
  mayMend: boolean;
}
