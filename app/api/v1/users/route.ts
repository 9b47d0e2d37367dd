import { AppError } from "@/lib/errors";
import { listUsers, userOf } from "@/lib/users/data";
import { createUser } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { userCreateInput, userView } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/users",
    summary: "Everybody with an account",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(userView) },
  },
  ({ db, query }) => listUsers(db, query),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/users",
    summary: "Makes an account, by default with a password that has to be changed",
    role: "admin",
    body: userCreateInput,
    answers: { 201: userView },
  },
  async ({ db, body, now }) => {
    const { username, role, mustChangePassword } = body;
    const passwordHash = await hashPassword(body.password);
    const { id } = createUser(db, { username, passwordHash, role, mustChangePassword, now });
    const made = userOf(db, id);
    if (!made) throw new AppError("not-found", { status: 404 });
    return made;
  },
);
