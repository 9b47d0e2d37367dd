import { AppError } from "@/lib/errors";
import { invitationOf } from "@/lib/users/data";
import { deleteInvitation, updateInvitation } from "@/lib/users/invitations";
import { idParams, invitationUpdateInput, invitationView } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path: "/api/v1/invitations/{id}",
    summary: "Changes the role that an invitation is for, or how long it is good from now on",
    role: "admin",
    params: idParams,
    body: invitationUpdateInput,
    answers: { 200: invitationView, 404: null, 409: null },
  },
  ({ db, params, body, now }) => {
    updateInvitation(db, { ...body, id: params.id, now });
    const changed = invitationOf(db, params.id);
    if (!changed) throw new AppError("not-found", { status: 404 });
    return changed;
  },
);

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
