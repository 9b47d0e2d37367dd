import { deleteApiToken } from "@/lib/users/api-tokens";
import { idParams } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

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
