// npm run reset-password -- NAME: a new password for somebody, whether or not Vigilio runs; with
// --link a link with which they choose it themselves.
import { parseArgs } from "node:util";
import { forgive } from "@/lib/auth/throttle";
import type { Connection } from "@/lib/db";
import { listUsers, userNamed } from "@/lib/users/data";
import { updateUser } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { createResetLink } from "@/lib/users/reset-links";
import { temporaryPassword } from "@/lib/users/temporary-password";
import { serverEnvironment, withDatabase } from "./data-folder";
import { command, root, StepError } from "./prepare/step.mjs";

/** The names that there are. */
function namesIn(db: Connection): string {
  const { items } = listUsers(db, { page: 1, pageSize: 100 });
  const names = items.map(({ username }) => username);
  return names.length > 0 ? `There are: ${names.join(", ")}` : "Nobody has an account yet.";
}

/** A link in place of a password; the one they have works until it is used. */
function makeLink(db: Connection, userId: string, publicUrl: string | undefined): void {
  const { username, code } = createResetLink(db, { userId, createdBy: null, now: new Date() });
  const path = `/reset/${code}`;
  console.log(`${username} chooses a new password here, once and within 24 hours:`);
  console.log(publicUrl ? `${publicUrl}${path}` : `the address of this Vigilio, then ${path}`);
}

async function reset(
  db: Connection,
  name: string | undefined,
  link: { wanted: boolean; publicUrl: string | undefined },
): Promise<void> {
  if (!name) throw new StepError(`say whose: npm run reset-password -- NAME. ${namesIn(db)}`);
  const user = userNamed(db, name.normalize("NFC"));
  if (!user || user.role === "visitor") {
    throw new StepError(`nobody is called ${name}. ${namesIn(db)}`);
  }
  if (link.wanted) {
    if (user.disabledAt) {
      throw new StepError(
        `${user.username} is shut out: an admin lets them in again in Settings, People.`,
      );
    }
    return makeLink(db, user.id, link.publicUrl);
  }
  const now = new Date();
  const password = temporaryPassword();
  updateUser(db, { id: user.id, passwordHash: await hashPassword(password), now });
  // Tries with the forgotten one must not keep them waiting now.
  forgive(db, { username: user.username, address: null });
  console.log(`${user.username} is signed out everywhere and signs in once with: ${password}`);
  console.log("Then Vigilio asks for a password of their own.");
  if (user.disabledAt) {
    console.log(`${user.username} is shut out: an admin lets them in again in Settings, People.`);
  }
}

await command("No password was changed", async () => {
  process.chdir(root);
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { link: { type: "boolean", default: false } },
  });
  const env = serverEnvironment();
  const publicUrl = env.values.VIGILIO_URL?.replace(/\/+$/, "");
  await withDatabase(env, (db) => reset(db, positionals[0], { wanted: values.link, publicUrl }));
});
