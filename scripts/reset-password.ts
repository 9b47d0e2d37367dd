// npm run reset-password -- NAME: a new password for somebody, whether or not Vigilio runs.
import { parseArgs } from "node:util";
import { forgive } from "@/lib/auth/throttle";
import type { Connection } from "@/lib/db";
import { listUsers, userNamed } from "@/lib/users/data";
import { updateUser } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { temporaryPassword } from "@/lib/users/temporary-password";
import { serverEnvironment, withDatabase } from "./data-folder";
import { command, root, StepError } from "./prepare/step.mjs";

/** The names that there are. */
function namesIn(db: Connection): string {
  const { items } = listUsers(db, { page: 1, pageSize: 100 });
  const names = items.map(({ username }) => username);
  return names.length > 0 ? `There are: ${names.join(", ")}` : "Nobody has an account yet.";
}

async function reset(db: Connection, name: string | undefined): Promise<void> {
  if (!name) throw new StepError(`say whose: npm run reset-password -- NAME. ${namesIn(db)}`);
  const user = userNamed(db, name.normalize("NFC"));
  if (!user || user.role === "visitor") {
    throw new StepError(`nobody is called ${name}. ${namesIn(db)}`);
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
  const { positionals } = parseArgs({ allowPositionals: true });
  await withDatabase(serverEnvironment(), (db) => reset(db, positionals[0]));
});
