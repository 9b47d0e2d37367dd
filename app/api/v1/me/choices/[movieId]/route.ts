import { z } from "zod";
import { requireMovie } from "@/lib/movies/data";
import { movieId } from "@/lib/movies/schema";
import { trackChoice } from "@/lib/users/schema";
import { saveTrackChoice, trackChoiceOf } from "@/lib/users/track-choices";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/me/choices/{movieId}";
const params = z.object({ movieId });

export const GET = apiRoute(
  {
    method: "GET",
    path,
    summary: "The sound and the subtitle that the caller picked last for a movie",
    role: "member",
    account: true,
    params,
    answers: { 200: trackChoice, 404: null },
  },
  ({ db, user, params: { movieId } }) => {
    requireMovie(db, movieId);
    return trackChoiceOf(db, { userId: user.id, movieId });
  },
);

export const PUT = apiRoute(
  {
    method: "PUT",
    path,
    summary:
      "Keeps the sound or the subtitle that the caller picked for a movie; its language comes first in other movies, too",
    role: "member",
    account: true,
    params,
    body: trackChoice,
    answers: { 204: null, 404: null },
  },
  ({ db, user, params: { movieId }, body, now }) => {
    saveTrackChoice(db, { userId: user.id, movieId, choice: body, now });
    return undefined;
  },
);
