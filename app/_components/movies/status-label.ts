import {
  CircleAlert,
  CircleHelp,
  Clock,
  Download,
  type LucideIcon,
  WandSparkles,
} from "lucide-react";
import type { MovieCard } from "@/lib/movies/schema";

type Unready = Exclude<MovieCard["status"], "ready">;

/** Icon of a state in which a movie cannot be watched yet; its words are `movie.status.<state>`. */
export const statusIcons: Record<Unready, LucideIcon> = {
  adding: Clock,
  downloading: Download,
  processing: WandSparkles,
  deciding: CircleHelp,
  failed: CircleAlert,
};
