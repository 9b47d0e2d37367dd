import { z } from "zod";
import { movieId } from "@/lib/movies/schema";
import { setWatched } from "@/lib/playback/mutations";
import { watchedInput } from "@/lib/playback/schema";
import { apiRoute } from "@/lib/web/api";

export const PUT = apiRoute(
  {
    method: "PUT",
    path: "/api/v1/me/watched/{movieId}",
    summary: "Marks a movie as watched, or as not watched",
    role: "member",
    account: true,
    params: z.object({ movieId }),
    body: watchedInput,
    answers: { 204: null },
  },
  ({ db, user, params: { movieId }, body, now }) => {
    setWatched(db, { userId: user.id, movieId, watched: body.watched, now });
    return undefined;
  },
);
