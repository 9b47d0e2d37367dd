import { takeBackRequest } from "@/lib/requests/mutations";
import { requestParams } from "@/lib/requests/schema";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/requests/{id}",
    summary: "Takes the caller's own name off a request; one that nobody asks for any more goes",
    role: "member",
    scope: "add",
    account: true,
    params: requestParams,
    answers: { 204: null, 404: null, 409: null },
  },
  ({ db, user, params, now }) => takeBackRequest(db, { id: params.id, userId: user.id, now }),
);
