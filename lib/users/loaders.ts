import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentUser, requireAdmin, requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { isDemo } from "@/lib/settings/data";
import { setupStepOf } from "@/lib/settings/setup-progress";
import { pickLocale } from "@/lib/web/catalogue";
import { deviceLocale } from "@/lib/web/locale";
import { pageQuery } from "@/lib/web/page-query";
import { isLoopbackVisitor } from "@/lib/web/peer";
import { hasAdmin, listInvitations, listSessions, listTokens, listUsers } from "./data";
import { isInvitationOpen } from "./invitations";
import { type ResetLinkState, resetLinkState } from "./reset-links";
import type {
  InvitationView,
  Preferences,
  SessionView,
  TokenView,
  TrackChoice,
  UserView,
} from "./schema";
import { trackChoiceOf } from "./track-choices";

/** For the sign-in page, which is for everybody: sends on who needs no sign-in. */
export async function loadSignIn(goOnTo: string): Promise<{ isDemo: boolean }> {
  const user = await currentUser();
  // A demo's visitor may still have an account of their own here.
  if (user && user.role !== "visitor") redirect(goOnTo);
  const isOfDemo = isDemo(database(), env());
  if (!isOfDemo && !hasAdmin(database())) redirect("/setup");
  return { isDemo: isOfDemo };
}

/** For the first page of setting up. An owned server is set up by its admin alone. */
export async function loadSetup(): Promise<{ needsCode: boolean }> {
  const user = await currentUser();
  // Nothing can be set up in a demo.
  if (isDemo(database(), env()) && user?.role !== "admin") redirect("/");
  if (hasAdmin(database())) {
    redirect(
      user?.role === "admin" ? `/setup/${setupStepOf(database()) ?? "services"}` : "/sign-in",
    );
  }
  return { needsCode: !isLoopbackVisitor(await headers()) };
}

/** For the page of an invitation, which is for whoever has its link. */
export async function loadInvitation(code: string): Promise<{ isOpen: boolean }> {
  // Reads the request first, so that the page is rendered for each visitor.
  await headers();
  return { isOpen: isInvitationOpen(database(), code, new Date()) };
}

/** For the page of a link for a new password, which is for whoever has it. */
export async function loadResetLink(
  code: string,
): Promise<{ state: ResetLinkState; username: string | null }> {
  await headers();
  return resetLinkState(database(), code, new Date());
}

/** For the page that changes a password; it is the one page for who has to. */
export async function loadPasswordChange(): Promise<{ isForced: boolean; username: string }> {
  const user = await currentUser();
  if (!user) redirect("/sign-in?next=/password");
  return { isForced: user.mustChangePassword, username: user.username };
}

/** More than a household has; who has more uses the HTTP API, which pages. */
const wholeList = pageQuery.parse({ page: 1, pageSize: 100 });

/** The person's own account: their name, and the devices on which they are signed in. */
export async function loadAccount(): Promise<{
  username: string;
  sessions: SessionView[];
  /** The language that they chose, here or for this device, and what their browser asks for. */
  language: { chosen: string | null; ofBrowser: string };
  /** What they like to hear and to read, best first. */
  taste: { audioLanguages: string[]; subtitleLanguages: string[] };
}> {
  const user = await requireUser();
  const of = { userId: user.id, currentSessionId: user.sessionId, now: new Date() };
  const sent = await headers();
  const language = {
    // The device's counts until they choose for themselves.
    chosen: user.preferences.locale || deviceLocale(sent.get("cookie")) || null,
    ofBrowser: pickLocale(sent.get("accept-language")),
  };
  const { audioLanguages = [], subtitleLanguages = [] } = user.preferences;
  return {
    username: user.username,
    sessions: listSessions(database(), of),
    language,
    taste: { audioLanguages, subtitleLanguages },
  };
}

/** What is known of the person who is about to watch a movie. */
export async function loadWatching(movieId: string): Promise<{
  preferences: Preferences;
  choice: TrackChoice;
  /** Whether what they mend is mended for everybody. */
  mayMend: boolean;
}> {
  const user = await requireUser();
  return {
    preferences: user.preferences,
    choice: trackChoiceOf(database(), { userId: user.id, movieId }),
    mayMend: user.role === "admin" && !isDemo(database(), env()),
  };
}

/** Everybody with an account, and the invitations that are still open. */
export async function loadPeople(): Promise<{
  ownId: string;
  users: UserView[];
  invitations: InvitationView[];
}> {
  const user = await requireAdmin();
  const now = new Date().toISOString();
  const open = listInvitations(database(), wholeList).items.filter(
    ({ usedAt, expiresAt }) => usedAt === null && expiresAt > now,
  );
  return { ownId: user.id, users: listUsers(database(), wholeList).items, invitations: open };
}

/** API tokens of everybody, newest first. */
export async function loadTokens(): Promise<TokenView[]> {
  await requireAdmin();
  return listTokens(database(), wholeList).items;
}
