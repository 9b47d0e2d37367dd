import type { Check } from "./schema";

/** An admin's account, by what is wrong with its password. */
export interface AdminFacts {
  username: string;
  /** `none`: anybody may be it, as in demo mode; `given`: whoever made the account knows it. */
  password: "fine" | "known" | "given" | "none";
}

/** Whether an admin's password is one that anybody would try. */
export function checkPasswords(admins: readonly AdminFacts[]): Check {
  const about = { area: "security", name: "passwords", href: "/manage/users" } as const;
  const namesOf = (password: AdminFacts["password"]) =>
    admins
      .filter((admin) => admin.password === password)
      .map(({ username }) => username)
      .join(", ");
  const [known, none, given] = [namesOf("known"), namesOf("none"), namesOf("given")];
  if (known)
    return { ...about, state: "broken", told: "passwords-known", values: { names: known } };
  if (none) return { ...about, state: "look", told: "passwords-none", values: { names: none } };
  if (given) return { ...about, state: "look", told: "passwords-given", values: { names: given } };
  return { ...about, state: "fine", told: "passwords-fine", values: { count: admins.length } };
}

/** Characters that a secret has to differ in: 32 times the same letter is long, and no secret. */
const fewestCharacters = 12;

/** Whether the secrets of the environment are such. */
export function checkSecrets(secrets: { variable: string; value: string }[]): Check {
  const about = { area: "security", name: "secrets" } as const;
  const weak = secrets.find(({ value }) => new Set(value).size < fewestCharacters);
  if (!weak) return { ...about, state: "fine", told: "secrets-fine" };
  const values = { variable: weak.variable, length: weak.value.length };
  const command = "openssl rand -base64 48";
  return { ...about, state: "look", told: "secrets-weak", values, command };
}
