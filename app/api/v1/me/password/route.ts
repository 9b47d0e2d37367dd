import { renewPassword } from "@/lib/auth/renew-password";
import { sealSession, sessionCookieHeader } from "@/lib/auth/session-token";
import { passwordChangeInput } from "@/lib/users/schema";
import { answer, apiRoute } from "@/lib/web/api";
import { isHttpsVisitor } from "@/lib/web/origin";
import { peerAddress } from "@/lib/web/peer";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/me/password",
    summary: "Changes the caller's password and signs them out everywhere else",
    role: "member",
    account: true,
    // A demo's password is known to many: whoever changed it would shut out the others.
    refusedInDemo: true,
    body: passwordChangeInput,
    answers: { 204: null, 409: null },
  },
  async ({ db, user, body, request, now }) => {
    const address = peerAddress(request.headers);
    const { sessionVersion } = await renewPassword(db, { user, ...body, address, now });
    if (!user.sessionId) return undefined;
    const claims = { sessionId: user.sessionId, userId: user.id, sessionVersion };
    const cookie = sessionCookieHeader(await sealSession(claims), isHttpsVisitor(request.headers));
    return answer(204, undefined, { "set-cookie": cookie });
  },
);
