import { z } from "zod";
import { sealSession, sessionCookieHeader } from "@/lib/auth/session-token";
import { listSessions } from "@/lib/users/data";
import { signOutEverywhere } from "@/lib/users/mutations";
import { sessionView } from "@/lib/users/schema";
import { answer, apiRoute } from "@/lib/web/api";
import { isHttpsVisitor } from "@/lib/web/origin";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/me/sessions",
    summary: "Devices on which the caller is signed in",
    role: "member",
    account: true,
    answers: { 200: z.object({ items: z.array(sessionView) }), 409: null },
  },
  ({ db, user, now }) => ({
    items: listSessions(db, { userId: user.id, currentSessionId: user.sessionId, now }),
  }),
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/me/sessions",
    summary: "Signs the caller out everywhere but here; tickets end, too",
    role: "member",
    account: true,
    answers: { 204: null, 409: null },
  },
  async ({ db, user, request }) => {
    const { sessionId: keepSessionId, id: userId } = user;
    const { sessionVersion } = signOutEverywhere(db, { userId, keepSessionId });
    if (!keepSessionId) return undefined;
    const sealed = await sealSession({ sessionId: keepSessionId, userId, sessionVersion });
    const cookie = sessionCookieHeader(sealed, isHttpsVisitor(request.headers));
    return answer(204, undefined, { "set-cookie": cookie });
  },
);
