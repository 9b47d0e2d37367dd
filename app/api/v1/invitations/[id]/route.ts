import { deleteInvitation } from "@/lib/users/invitations";
import { idParams } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/invitations/{id}",
    summary: "Takes an invitation back",
    role: "admin",
    params: idParams,
    answers: { 204: null, 404: null },
  },
  ({ db, params }) => deleteInvitation(db, params),
);
