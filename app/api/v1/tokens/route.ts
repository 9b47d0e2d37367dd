import { createApiToken } from "@/lib/users/api-tokens";
import { listTokens } from "@/lib/users/data";
import { tokenCreateInput, tokenMade, tokenView } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/tokens",
    summary: "API tokens, without the tokens themselves",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(tokenView) },
  },
  ({ db, query }) => listTokens(db, query),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/tokens",
    summary: "Makes an API token that acts as its maker, within its scope; it is shown this once",
    role: "admin",
    account: true,
    body: tokenCreateInput,
    answers: { 201: tokenMade, 409: null },
  },
  ({ db, user, body, now }) => {
    const { id, token, expiresAt } = createApiToken(db, {
      userId: user.id,
      name: body.name,
      scope: body.scope,
      days: body.days ?? null,
      now,
    });
    return {
      id,
      name: body.name,
      scope: body.scope,
      username: user.username,
      createdAt: now.toISOString(),
      lastUsedAt: null,
      expiresAt: expiresAt?.toISOString() ?? null,
      token,
    };
  },
);
