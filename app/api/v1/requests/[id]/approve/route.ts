import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { addPathFor } from "@/lib/requests/add-path";
import { approve } from "@/lib/requests/commands";
import { requestOf } from "@/lib/requests/data";
import { requestApproved, requestParams } from "@/lib/requests/schema";
import { connect } from "@/lib/settings/connect";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/requests/{id}/approve",
    summary:
      "Says yes: adds the release that it came with, or where there is none says where to find one; the movie that is added then answers it",
    role: "admin",
    params: requestParams,
    answers: { 200: requestApproved, 404: null, 409: null },
  },
  async ({ db, user, params, now }) => {
    const context = { db, env: env(), services: connect(db, env()), now };
    const { words } = await approve(
      { ...context, user: { id: user.id, isAdmin: true } },
      params.id,
    );
    const approved = requestOf(db, params.id, { userId: user.id, isAdmin: true });
    if (!approved) throw new AppError("not-found", { status: 404 });
    return { ...approved, addPath: words === null ? null : addPathFor(words) };
  },
);
