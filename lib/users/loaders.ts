import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { isLoopbackVisitor } from "@/lib/web/peer";
import { hasAdmin } from "./data";
import { isInvitationOpen } from "./invitations";

/** For the sign-in page, which is for everybody: sends on who needs no sign-in. */
export async function loadSignIn(goOnTo: string): Promise<void> {
  if (await currentUser()) redirect(goOnTo);
  if (!hasAdmin(database())) redirect("/setup");
}

/** For the first page of setting up. An owned server is set up by its admin alone. */
export async function loadSetup(): Promise<{ needsCode: boolean }> {
  const user = await currentUser();
  if (hasAdmin(database())) redirect(user?.role === "admin" ? "/setup/services" : "/sign-in");
  return { needsCode: !isLoopbackVisitor(await headers()) };
}

/** For the page of an invitation, which is for whoever has its link. */
export async function loadInvitation(code: string): Promise<{ isOpen: boolean }> {
  // Reads the request first, so that the page is rendered for each visitor.
  await headers();
  return { isOpen: isInvitationOpen(database(), code, new Date()) };
}

/** For the page that changes a password; it is the one page for who has to. */
export async function loadPasswordChange(): Promise<{ isForced: boolean; username: string }> {
  const user = await currentUser();
  if (!user) redirect("/sign-in?next=/password");
  return { isForced: user.mustChangePassword, username: user.username };
}
