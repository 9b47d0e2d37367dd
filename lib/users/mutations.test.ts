import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestSite, testSite } from "@/tests/support/site";
import { listInvitations, listUsers, userOf } from "./data";
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  isInvitationOpen,
} from "./invitations";
import { createUser, deleteUser, savePreferences, updateUser } from "./mutations";

const now = new Date("2026-03-01T10:00:00Z");
const page = { page: 1, pageSize: 20 };
let site: TestSite;
let root: string;
beforeEach(() => {
  site = testSite();
  root = site.user("root", "admin");
});
afterEach(() => site[Symbol.dispose]());

const taken = expect.objectContaining({ fields: { username: { code: "username-taken" } } });
const lastAdmin = expect.objectContaining({ status: 409, reason: { code: "last-admin" } });

test("a name is taken however it is written", () => {
  const make = (username: string) =>
    createUser(site.db, { username, passwordHash: "hash", role: "member", now });
  make("Ada");
  expect(() => make("aDA")).toThrow(taken);
});

describe("somebody stays in charge", () => {
  test("the only admin is not demoted, shut out or deleted", () => {
    expect(() => updateUser(site.db, { id: root, role: "member", now })).toThrow(lastAdmin);
    expect(() => updateUser(site.db, { id: root, disabled: true, now })).toThrow(lastAdmin);
    expect(() => deleteUser(site.db, { id: root })).toThrow(lastAdmin);
    expect(userOf(site.db, root)).toMatchObject({ role: "admin", disabled: false });
  });

  test("an admin who is shut out does not count", () => {
    const other = site.user("other", "admin");
    updateUser(site.db, { id: other, disabled: true, now });
    expect(() => deleteUser(site.db, { id: root })).toThrow(lastAdmin);
    updateUser(site.db, { id: other, disabled: false, now });
    deleteUser(site.db, { id: root });
    expect(listUsers(site.db, page).items.map(({ username }) => username)).toEqual(["other"]);
  });
});

test("a password that an admin sets has to be changed", () => {
  const ada = site.user("ada", "member");
  updateUser(site.db, { id: ada, passwordHash: "hash", now });
  expect(userOf(site.db, ada)?.mustChangePassword).toBe(true);
});

test("preferences that are not sent stay", () => {
  savePreferences(site.db, { userId: root, preferences: { locale: "tr" } });
  const kept = savePreferences(site.db, { userId: root, preferences: { subtitleLanguage: null } });
  expect(kept).toEqual({ locale: "tr", subtitleLanguage: null });
});

describe("an invitation", () => {
  const invite = () => createInvitation(site.db, { role: "member", days: 7, createdBy: root, now });
  const accept = (code: string, username: string, at = now) =>
    acceptInvitation(site.db, { code, username, passwordHash: "hash", now: at });
  const over = expect.objectContaining({ status: 409 });

  test("makes one account of its role", () => {
    const { code } = invite();
    const { id } = accept(code, "ada");
    expect(userOf(site.db, id)?.role).toBe("member");
    expect(() => accept(code, "eve")).toThrow(over);
    expect(listInvitations(site.db, page).items[0]).toMatchObject({ usedBy: "ada" });
  });

  test("is not used up by a name that is taken", () => {
    const { code } = invite();
    expect(() => accept(code, "root")).toThrow(taken);
    expect(isInvitationOpen(site.db, code, now)).toBe(true);
  });

  test("ends after its days, or when it is taken back", () => {
    const { code, expiresAt } = invite();
    expect(() => accept(code, "ada", expiresAt)).toThrow(over);
    const second = invite();
    deleteInvitation(site.db, second);
    expect(() => accept(second.code, "ada")).toThrow(over);
  });
});
