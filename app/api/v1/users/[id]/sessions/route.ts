import { signOutEverywhere } from "@/lib/users/mutations";
import { idParams } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/users/{id}/sessions",
    summary: "Signs somebody out on all their devices; tickets end, too",
    role: "admin",
    params: idParams,
    answers: { 204: null, 404: null },
  },
  ({ db, params }) => {
    signOutEverywhere(db, { userId: params.id, keepSessionId: null });
  },
);
