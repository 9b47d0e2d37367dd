import { savePreferences } from "@/lib/users/mutations";
import { ownView, preferencesInput } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/me",
    summary: "Who the caller is",
    role: "member",
    account: true,
    answers: { 200: ownView, 409: null },
  },
  ({ user }) => user,
);

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path: "/api/v1/me",
    summary: "Saves the caller's own choices; names that are not sent stay as they are",
    role: "member",
    account: true,
    body: preferencesInput,
    answers: { 200: ownView, 409: null },
  },
  ({ db, user, body }) => ({
    ...user,
    preferences: savePreferences(db, { userId: user.id, preferences: body }),
  }),
);
