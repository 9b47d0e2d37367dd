import { AppError } from "@/lib/errors";
import { createResetLink, endResetLinks } from "@/lib/users/reset-links";
import { idParams, resetLinkMade } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/users/{id}/reset-link",
    summary:
      "Makes a link with which somebody chooses a new password, once and within a day; its code is shown this once, and a link that was made before ends",
    role: "admin",
    params: idParams,
    answers: { 201: resetLinkMade, 404: null, 409: null },
  },
  ({ db, user, params, now }) => {
    const made = createResetLink(db, { userId: params.id, createdBy: user.id, now });
    const { username, code, expiresAt } = made;
    return {
      ...{ username, code, path: `/reset/${code}` },
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
    };
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/users/{id}/reset-link",
    summary: "Ends somebody's link for a new password before it is used",
    role: "admin",
    params: idParams,
    answers: { 204: null, 404: null },
  },
  ({ db, params, now }) => {
    if (!endResetLinks(db, { userId: params.id, now })) {
      throw new AppError("not-found", { status: 404 });
    }
  },
);
