import { AppError } from "@/lib/errors";
import { deleteApiToken, updateApiToken } from "@/lib/users/api-tokens";
import { tokenOf } from "@/lib/users/data";
import { idParams, tokenUpdateInput, tokenView } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path: "/api/v1/tokens/{id}",
    summary: "Changes what an API token is called or may do; it stays the same token",
    role: "admin",
    params: idParams,
    body: tokenUpdateInput,
    answers: { 200: tokenView, 404: null },
  },
  ({ db, params, body }) => {
    updateApiToken(db, { ...body, id: params.id });
    const changed = tokenOf(db, params.id);
    if (!changed) throw new AppError("not-found", { status: 404 });
    return changed;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/tokens/{id}",
    summary: "Removes an API token: what uses it is refused from then on",
    role: "admin",
    params: idParams,
    answers: { 204: null, 404: null },
  },
  ({ db, params }) => deleteApiToken(db, params),
);
