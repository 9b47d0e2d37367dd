import { z } from "zod";
import { movieId } from "@/lib/movies/schema";

export const inListInput = z.object({ movieId, inList: z.boolean(), listedAt: z.date().nullish() });
