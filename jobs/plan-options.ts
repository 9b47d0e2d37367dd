import type { Db } from "@/lib/db";
import { movieById } from "@/lib/movies/metadata";
import type { PlanOptions } from "@/lib/services/ffmpeg/plan";

/** What the plan for a movie's file depends on beside the file itself. */
export function planOptionsOf(db: Db, movieId: string): PlanOptions {
  return { originalLanguage: movieById(db, movieId)?.originalLanguage };
}
