import type Sqlite from "better-sqlite3";

/** Columns that a table has in both databases: either may be of another version. */
function sharedColumns(client: Sqlite.Database, table: string): string[] {
  const columnsOf = (schema: string) =>
    (client.pragma(`${schema}.table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const old = new Set(columnsOf("old"));
  return columnsOf("main").filter((name) => old.has(name));
}

function replaceRows(client: Sqlite.Database, table: string, where: string): void {
  const columns = sharedColumns(client, table).join(", ");
  // The other one may be older than the table: then it is empty now.
  if (columns === "") {
    client.exec(`delete from main.${table}`);
    return;
  }
  client.exec(
    `delete from main.${table};
     insert into main.${table} (${columns}) select ${columns} from old.${table} where ${where};`,
  );
}

const inBoth = "user_id in (select id from main.users)";

/**
 * Who may come in stays as it is now, whatever a restored database remembers: a password that was
 * changed, a device that was signed out and a token that was taken back must not work again, and
 * nobody who is signed in is sent away. Accounts that only one of the two knows are those of the
 * restored one.
 */
export function carryOverAccess(client: Sqlite.Database, currentPath: string): void {
  client.prepare("attach database ? as old").run(currentPath);
  try {
    client.transaction(() => {
      // Until the end: an invitation may name somebody whom only the other database knows.
      client.pragma("defer_foreign_keys = on");
      client.exec(
        `update main.users set
           password_hash = now.password_hash, must_change_password = now.must_change_password,
           session_version = now.session_version, disabled_at = now.disabled_at, role = now.role
         from old.users as now where now.id = users.id`,
      );
      replaceRows(client, "sessions", inBoth);
      replaceRows(client, "api_tokens", inBoth);
      replaceRows(client, "invitations", "true");
      replaceRows(client, "password_resets", inBoth);
      const someone = "(select id from main.users)";
      client.exec(
        `update main.invitations set created_by = null where created_by not in ${someone};
         update main.invitations set used_by = null where used_by not in ${someone};
         update main.password_resets set created_by = null where created_by not in ${someone};`,
      );
    })();
  } finally {
    client.exec("detach database old");
  }
}

/** Where nothing is known of now, everybody signs in again, and no link of then lets anybody in. */
export function endAccess(client: Sqlite.Database): void {
  client.exec(
    `delete from sessions;
     update users set session_version = session_version + 1;
     delete from invitations where used_at is null;
     delete from password_resets where used_at is null;`,
  );
}

/** A library without anybody in charge could not be mended from its pages. */
export function keepAnAdmin(client: Sqlite.Database, adminsThen: readonly string[]): void {
  const isAny = client
    .prepare("select 1 from users where role = 'admin' and disabled_at is null")
    .get();
  if (isAny) return;
  const mend = client.prepare(
    "update users set role = 'admin', disabled_at = null where id in (select value from json_each(?))",
  );
  mend.run(JSON.stringify(adminsThen));
}
