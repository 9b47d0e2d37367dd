import { z } from "zod";
import { movieId } from "@/lib/movies/schema";
import { deleteHistory } from "@/lib/playback/mutations";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/me/history/{movieId}",
    summary: "Deletes what the caller's history says of one movie",
    role: "member",
    account: true,
    params: z.object({ movieId }),
    answers: { 204: null },
  },
  ({ db, user, params: { movieId } }) => {
    deleteHistory(db, { userId: user.id, movieId });
    return undefined;
  },
);
