import { AppError } from "@/lib/errors";
import { requestOf } from "@/lib/requests/data";
import { declineRequest } from "@/lib/requests/mutations";
import { requestDeclineInput, requestParams, requestView } from "@/lib/requests/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/requests/{id}/decline",
    summary: "Says no, with a sentence for whoever asked if there is one",
    role: "admin",
    params: requestParams,
    body: requestDeclineInput,
    answers: { 200: requestView, 404: null, 409: null },
  },
  ({ db, user, params, body, now }) => {
    const because = body.because || null;
    declineRequest(db, { id: params.id, because, decidedBy: user.id, now });
    const declined = requestOf(db, params.id, { userId: user.id, isAdmin: true });
    if (!declined) throw new AppError("not-found", { status: 404 });
    return declined;
  },
);
