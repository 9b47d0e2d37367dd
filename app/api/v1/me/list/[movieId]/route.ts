import { z } from "zod";
import { setInList } from "@/lib/lists/mutations";
import { movieId } from "@/lib/movies/schema";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/me/list/{movieId}";
const params = z.object({ movieId });

export const PUT = apiRoute(
  {
    method: "PUT",
    path,
    summary: "Puts a movie on the caller's list",
    role: "member",
    account: true,
    params,
    answers: { 204: null },
  },
  ({ db, user, params: { movieId }, now }) => {
    setInList(db, { userId: user.id, movieId, inList: true, now });
    return undefined;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary: "Takes a movie off the caller's list",
    role: "member",
    account: true,
    params,
    answers: { 204: null },
  },
  ({ db, user, params: { movieId }, now }) => {
    setInList(db, { userId: user.id, movieId, inList: false, now });
    return undefined;
  },
);
