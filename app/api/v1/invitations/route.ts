import { listInvitations } from "@/lib/users/data";
import { createInvitation } from "@/lib/users/invitations";
import { invitationCreateInput, invitationMade, invitationView } from "@/lib/users/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/invitations",
    summary: "Invitations, used and expired ones too",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(invitationView) },
  },
  ({ db, query }) => listInvitations(db, query),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/invitations",
    summary: "Makes an invitation; its code is shown this once",
    role: "admin",
    body: invitationCreateInput,
    answers: { 201: invitationMade },
  },
  ({ db, user, body, now }) => {
    const { id, code, expiresAt } = createInvitation(db, { ...body, createdBy: user.id, now });
    return {
      id,
      role: body.role,
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
      usedAt: null,
      usedBy: null,
      code,
      path: `/invitation/${code}`,
    };
  },
);
