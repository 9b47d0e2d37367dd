import { AppError } from "@/lib/errors";
import { userOf } from "@/lib/users/data";
import { deleteUser, updateUser } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { idParams, userUpdateInput, userView } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path: "/api/v1/users/{id}",
    summary: "Changes a role, shuts somebody out or lets them in, or sets a new password",
    role: "admin",
    params: idParams,
    body: userUpdateInput,
    answers: { 200: userView, 404: null, 409: null },
  },
  async ({ db, params, body, now }) => {
    const passwordHash = body.password ? await hashPassword(body.password) : undefined;
    updateUser(db, { id: params.id, role: body.role, disabled: body.disabled, passwordHash, now });
    const changed = userOf(db, params.id);
    if (!changed) throw new AppError("not-found", { status: 404 });
    return changed;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/users/{id}",
    summary: "Deletes an account with its list, history and progress",
    role: "admin",
    params: idParams,
    answers: { 204: null, 404: null, 409: null },
  },
  ({ db, params }) => deleteUser(db, params),
);
