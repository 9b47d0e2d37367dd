import { endSession } from "@/lib/auth/sessions";
import { AppError } from "@/lib/errors";
import { idParams } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/me/sessions/{id}",
    summary: "Signs one of the caller's devices out",
    role: "member",
    account: true,
    params: idParams,
    answers: { 204: null, 404: null, 409: null },
  },
  ({ db, user, params }) => {
    if (!endSession(db, { sessionId: params.id, userId: user.id })) {
      throw new AppError("not-found", { status: 404 });
    }
  },
);
