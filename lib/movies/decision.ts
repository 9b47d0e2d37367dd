import { z } from "zod";

const options = z.array(z.object({ id: z.string(), label: z.string() }));

/** Which film of TMDB's a movie is. The ids are TMDB's. */
export const matchDecision = z.object({ kind: z.literal("match"), options });

/** Which of a torrent's films is meant. The ids are indexes of files. */
export const fileDecision = z.object({
  kind: z.literal("file"),
  downloadId: z.string(),
  options,
});

/** What a movie waits for a person to choose, as stored. */
export const storedDecision = z.discriminatedUnion("kind", [matchDecision, fileDecision]);
