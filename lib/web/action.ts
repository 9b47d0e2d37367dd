import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { currentUser } from "@/lib/auth/current-user";
import type { CurrentUser } from "@/lib/auth/sessions";
import { type Connection, database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { isDemo } from "@/lib/settings/data";
import type { ApiRole } from "./api-spec";
import { fallbackLocale, type Say, wordsOf } from "./catalogue";
import { parseInput } from "./input";
import { requestLocale } from "./locale";
import { problemOf } from "./problem";

/** What a page shows when an action did not do what was asked. */
export interface ActionProblem {
  title: string;
  detail: string;
  /** In words, by field. */
  errors?: Record<string, string>;
  /** Members of the problem document: movieId, services. */
  [member: string]: unknown;
}

export type ActionResult<Data> = { ok: true; data: Data } | { ok: false; problem: ActionProblem };

export interface ActionContext<User> {
  db: Connection;
  user: User;
  headers: Headers;
  now: Date;
  locale: string;
  /** All words, by full key. */
  t: Say;
}

/** Called with a value or a form, or given to `useActionState` (which also works without scripts). */
interface Action<Schema extends z.ZodType, Data> {
  (input: z.input<Schema> | FormData): Promise<ActionResult<Data>>;
  (state: ActionResult<Data> | null, form: FormData): Promise<ActionResult<Data>>;
}

interface ActionOptions {
  /** True for what stays possible in demo mode: the caller's own list, history and sign-in. */
  allowedInDemo?: boolean;
  /** True for what somebody may do who first has to change a password that others know. */
  allowedBeforePasswordChange?: boolean;
}

/** What an action is: as the spec of a route. It is known on the server alone. */
export interface ActionSpec extends Required<ActionOptions> {
  role: ApiRole;
  schema: z.ZodType;
}

const specs = new WeakMap<object, ActionSpec>();

/** The spec of an action that one of these wrappers made; undefined for anything else. */
export function actionSpecOf(action: object): ActionSpec | undefined {
  return specs.get(action);
}

type Work<Schema extends z.ZodType, User, Data> = (
  input: z.output<Schema>,
  context: ActionContext<User>,
) => Data | Promise<Data>;

/** What a form or a call hands over: a FormData becomes an object, the first of each name. */
function plainInput(input: unknown): unknown {
  if (!(input instanceof FormData)) return input;
  const fields: Record<string, FormDataEntryValue> = {};
  for (const [name, value] of input) {
    // Names that start with $ are React's own.
    if (!name.startsWith("$") && !Object.hasOwn(fields, name)) fields[name] = value;
  }
  return fields;
}

function makeAction<User>(role: ApiRole, gate: (user: CurrentUser | null) => User) {
  return <Schema extends z.ZodType, Data>(
    schema: Schema,
    work: Work<Schema, User, Data>,
    options: ActionOptions = {},
  ): Action<Schema, Data> => {
    const { allowedInDemo = false, allowedBeforePasswordChange = role === "anyone" } = options;
    const action = async (first: unknown, form?: FormData): Promise<ActionResult<Data>> => {
      const now = new Date();
      let locale: string = fallbackLocale;
      try {
        const sent = await headers();
        locale = requestLocale(sent);
        const someone = await currentUser();
        locale = requestLocale(sent, someone);
        const user = gate(someone);
        if (someone?.mustChangePassword && !allowedBeforePasswordChange) {
          throw new AppError("password-change-needed", { status: 403 });
        }
        const db = database();
        if (!allowedInDemo && isDemo(db, env())) {
          throw new AppError("demo-refused", { status: 403 });
        }
        const parsed = parseInput(schema, plainInput(form instanceof FormData ? form : first));
        const context = { db, user, headers: sent, now, locale, t: wordsOf(locale) };
        return { ok: true, data: await work(parsed, context) };
      } catch (error) {
        // redirect() and notFound() work by throwing.
        unstable_rethrow(error);
        const where = "server action";
        const { problem } = problemOf(error, { locale, requestId: randomId(), where, now });
        return { ok: false, problem };
      }
    };
    specs.set(action, { role, schema, allowedInDemo, allowedBeforePasswordChange });
    return action;
  };
}

function signedIn(user: CurrentUser | null): CurrentUser {
  if (!user) throw new AppError("sign-in-needed", { status: 401 });
  return user;
}

function admin(user: CurrentUser | null): CurrentUser {
  if (signedIn(user).role !== "admin") throw new AppError("admins-only", { status: 403 });
  return signedIn(user);
}

/**
 * An action for everybody: sign-in, setup, invitations. The gate comes first, then a password that
 * has to be changed, then demo mode, then the schema; the result is never thrown. Next itself checks
 * that it comes from our origin.
 */
export const publicAction = makeAction("anyone", (user) => user);

/** An action for people who are signed in. */
export const userAction = makeAction("member", signedIn);

/** An action for admins. */
export const adminAction = makeAction("admin", admin);
