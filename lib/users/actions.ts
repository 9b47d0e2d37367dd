"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { dropSessionCookie, giveSessionCookie, keepDeviceLanguage } from "@/lib/auth/cookie";
import { renewPassword } from "@/lib/auth/renew-password";
import { endSession, startSession } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { admitAttempt, forgive } from "@/lib/auth/throttle";
import type { Db } from "@/lib/db";
import { forgetVisitor } from "@/lib/demo/visitors";
import { AppError, fieldError } from "@/lib/errors";
import { beginSetup } from "@/lib/settings/setup-progress";
import { type ActionContext, adminAction, publicAction, userAction } from "@/lib/web/action";
import { locales, wordsOf } from "@/lib/web/catalogue";
import { requestLocale } from "@/lib/web/locale";
import { safePath } from "@/lib/web/origin";
import { isLoopbackVisitor, peerAddress } from "@/lib/web/peer";
import { createApiToken, deleteApiToken, updateApiToken } from "./api-tokens";
import { hasAdmin } from "./data";
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  isInvitationOpen,
} from "./invitations";
import {
  createFirstAdmin,
  deleteUser,
  resetPassword,
  savePreferences,
  signOutEverywhere,
  updateUser,
} from "./mutations";
import { hashPassword } from "./password";
import { createResetLink, resetLinkState, resetOver } from "./reset-links";
import {
  idParams,
  invitationAcceptInput,
  invitationCreateInput,
  languageInput,
  passwordChangeInput,
  passwordResetInput,
  setupInput,
  signInInput,
  tasteInput,
  tokenCreateInput,
  tokenUpdateInput,
  userUpdateInput,
} from "./schema";
import { isSetupCode } from "./setup-code";

/** Signs a new account in on the device that made it. */
async function welcome(
  { db, headers, now }: Pick<ActionContext<unknown>, "db" | "headers" | "now">,
  made: { id: string; sessionVersion: number },
): Promise<void> {
  const claims = startSession(db, {
    userId: made.id,
    sessionVersion: made.sessionVersion,
    userAgent: headers.get("user-agent"),
    address: peerAddress(headers),
    now,
  });
  await giveSessionCookie(claims);
}

/** Names that no account can have: codes are throttled like passwords. */
const setupAttempt = "(setup code)";
const invitationAttempt = "(invitation)";
const resetAttempt = "(reset link)";

/** Signs in and goes on to the page that was asked for. */
export const signInAction = publicAction(
  signInInput,
  async ({ username, password, next }, { db, user: before, headers, now }) => {
    const claims = await signIn(db, {
      username,
      password,
      address: peerAddress(headers),
      userAgent: headers.get("user-agent"),
      now,
    });
    // A demo's visitor who turns out to have an account is no visitor any more.
    if (before) forgetVisitor(db, before.id);
    await giveSessionCookie(claims);
    redirect(safePath(next));
  },
  { allowedInDemo: true },
);

/** Signs this device out. A demo's visitor is forgotten with it: nobody could come back to it. */
export const signOutAction = userAction(
  z.unknown(),
  async (_, { db, user }) => {
    if (user.sessionId) endSession(db, { sessionId: user.sessionId, userId: user.id });
    forgetVisitor(db, user.id);
    await dropSessionCookie();
    redirect("/sign-in");
  },
  { allowedInDemo: true, allowedBeforePasswordChange: true },
);

/** The code of the log, unless the visitor sits at this machine. @throws AppError 422 or 429. */
function checkSetupCode(db: Db, headers: Headers, code: string | undefined, now: Date): void {
  if (isLoopbackVisitor(headers)) return;
  const by = { username: setupAttempt, address: peerAddress(headers) };
  admitAttempt(db, by, now);
  if (!code || !isSetupCode(db, code)) throw fieldError("code", "setup-code-wrong");
  forgive(db, by);
}

/** Makes the admin who owns this server, signs them in and goes on with setting up. */
export const setupAction = publicAction(setupInput, async (input, context) => {
  const { db, headers, now } = context;
  // Looked at first, so that nobody can try codes on a server that has an owner.
  if (hasAdmin(db)) throw new AppError("setup-already-done", { status: 409 });
  checkSetupCode(db, headers, input.code, now);
  const passwordHash = await hashPassword(input.password);
  const made = db.transaction((tx) => {
    beginSetup(tx, now);
    return createFirstAdmin(tx, { username: input.username, passwordHash, now });
  });
  await welcome(context, made);
  redirect("/setup/services");
});

/** Makes the account that an invitation is for and signs it in. */
export const acceptInvitationAction = publicAction(
  invitationAcceptInput,
  async ({ code, username, password }, context) => {
    const { db, headers, now } = context;
    const by = { username: invitationAttempt, address: peerAddress(headers) };
    if (!isInvitationOpen(db, code, now)) {
      admitAttempt(db, by, now);
      throw new AppError("invitation-over", { status: 409 });
    }
    const passwordHash = await hashPassword(password);
    await welcome(context, acceptInvitation(db, { code, username, passwordHash, now }));
    redirect("/");
  },
);

/** Sets the password of whoever a link is for; their devices are signed out, and this one is in. */
export const resetPasswordAction = publicAction(
  passwordResetInput,
  async ({ code, password }, context) => {
    const { db, headers, now } = context;
    const address = peerAddress(headers);
    const { state } = resetLinkState(db, code, now);
    if (state !== "open") {
      admitAttempt(db, { username: resetAttempt, address }, now);
      throw resetOver(state);
    }
    const passwordHash = await hashPassword(password);
    const made = resetPassword(db, { code, passwordHash, now });
    // Tries with the forgotten one must not keep them waiting now.
    forgive(db, { username: made.username, address: null });
    await welcome(context, made);
    redirect("/");
  },
);

/** Changes the person's own password; their other devices are signed out. */
export const changePasswordAction = userAction(
  passwordChangeInput,
  async (input, { db, user, headers, now }) => {
    const address = peerAddress(headers);
    const { sessionVersion } = await renewPassword(db, { user, ...input, address, now });
    if (user.sessionId) {
      await giveSessionCookie({ sessionId: user.sessionId, userId: user.id, sessionVersion });
    }
    redirect("/");
  },
  { allowedBeforePasswordChange: true },
);

/** Signs the person out on every other device; this one gets the new version. */
export const signOutEverywhereAction = userAction(
  z.unknown(),
  async (_, { db, user: { id: userId, sessionId } }) => {
    const { sessionVersion } = signOutEverywhere(db, { userId, keepSessionId: sessionId });
    if (sessionId) await giveSessionCookie({ sessionId, userId, sessionVersion });
    return null;
  },
  { allowedInDemo: true },
);

/** Signs the person out on one of their devices. */
export const endSessionAction = userAction(
  idParams,
  ({ id: sessionId }, { db, user }) => {
    endSession(db, { sessionId, userId: user.id });
    return null;
  },
  { allowedInDemo: true },
);

/** A language that there are words for. @throws AppError 422 */
function knownLanguage(locale: string): string {
  if (locales().includes(locale)) return locale;
  throw fieldError("locale", "field-not-one-of", { values: locales().join(", ") });
}

/** The language that the person reads Vigilio in; empty: as their browser. Answered in it. */
export const chooseLanguageAction = userAction(
  languageInput,
  async ({ locale: given }, { db, user, headers }) => {
    const locale = given === "" ? null : knownLanguage(given);
    const preferences = savePreferences(db, { userId: user.id, preferences: { locale } });
    // What the device was set to before anybody signed in is over.
    await keepDeviceLanguage(null);
    const accepted = new Headers({ "accept-language": headers.get("accept-language") ?? "" });
    return { said: wordsOf(requestLocale(accepted, { preferences }), "languages")("saved") };
  },
  { allowedInDemo: true },
);

/** The languages that the person likes to hear and to read, best first; what is not sent stays. */
export const chooseTracksAction = userAction(
  tasteInput,
  (preferences, { db, user }) => {
    savePreferences(db, { userId: user.id, preferences });
    return null;
  },
  { allowedInDemo: true },
);

/** The language of the pages before sign-in, on this device. */
export const setDeviceLanguageAction = publicAction(
  languageInput,
  async ({ locale }) => {
    await keepDeviceLanguage(knownLanguage(locale));
    return null;
  },
  { allowedInDemo: true },
);

/** Changes a role, shuts somebody out or lets them in again, or gives them a new password. */
export const updateUserAction = adminAction(
  userUpdateInput.extend(idParams.shape),
  async ({ id, role, disabled, password }, { db, now }) => {
    const passwordHash = password ? await hashPassword(password) : undefined;
    updateUser(db, { id, role, disabled, passwordHash, now });
    return null;
  },
);

/** Makes a link with which somebody chooses a new password. Its path is answered this once. */
export const makeResetLinkAction = adminAction(idParams, ({ id }, { db, user, now }) => {
  const { code } = createResetLink(db, { userId: id, createdBy: user.id, now });
  return { path: `/reset/${code}` };
});

/** Signs somebody out on all their devices; links for other players end, too. */
export const signOutPersonAction = adminAction(idParams, ({ id }, { db }) => {
  signOutEverywhere(db, { userId: id, keepSessionId: null });
  return null;
});

/** Deletes an account with its list, history and progress. */
export const deleteUserAction = adminAction(idParams, ({ id }, { db }) => {
  deleteUser(db, { id });
  return null;
});

/** Makes an invitation. Its path is answered this once. */
export const inviteAction = adminAction(invitationCreateInput, (input, { db, user, now }) => {
  const { code } = createInvitation(db, { ...input, createdBy: user.id, now });
  return { path: `/invitation/${code}` };
});

/** Takes an invitation back. */
export const deleteInvitationAction = adminAction(idParams, ({ id }, { db }) => {
  deleteInvitation(db, { id });
  return null;
});

/** Makes an API token that acts as its maker. It is answered this once. */
export const makeTokenAction = adminAction(tokenCreateInput, (input, { db, user, now }) => {
  const { name, scope, days = null } = input;
  const { token } = createApiToken(db, { userId: user.id, name, scope, days, now });
  return { token };
});

/** Changes what an API token is called, or may do. */
export const updateTokenAction = adminAction(
  tokenUpdateInput.extend(idParams.shape),
  (input, { db }) => {
    updateApiToken(db, input);
    return null;
  },
);

/** Removes an API token: what uses it is refused from now on. */
export const deleteTokenAction = adminAction(idParams, ({ id }, { db }) => {
  deleteApiToken(db, { id });
  return null;
});
