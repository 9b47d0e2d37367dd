// First of all: Next's storages want Node's AsyncLocalStorage in the place where a server puts it.
import "next/dist/server/node-environment-baseline";
import { eq } from "drizzle-orm";
import { settings, users } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { testSite } from "../support/site";

/** Who knocks. Visitors are there in demo mode alone. */
export const personas = ["nobody", "visitor", "member", "admin"] as const;
export type Persona = (typeof personas)[number];

export interface TownOptions {
  demo?: boolean;
  /** What a household lets its members do: search and add. */
  membersMay?: boolean;
}

/** Somebody who walks from door to door. */
export interface Visitor {
  /** Headers of their next request, signed in anew: the last one may have signed them out. */
  headers(): Promise<Record<string, string>>;
}

/** A server with an owner and somebody of each kind, on real SQLite. */
export interface Town {
  /** @param oldPassword theirs is a password that others know. */
  as(persona: Persona, options?: { oldPassword?: boolean }): Visitor;
  [Symbol.dispose](): void;
}

/** Opens a server; one at a time, since the wrappers find their database in one place. */
export function openTown({ demo = false, membersMay = true }: TownOptions = {}): Town {
  const site = testSite();
  const updatedAt = new Date();
  const saved = { demo, membersMayAdd: membersMay, membersMaySearch: membersMay };
  for (const [key, value] of Object.entries(saved)) {
    site.db.insert(settings).values({ key, value, updatedAt }).run();
  }
  site.user("owner", "admin");
  const ids = new Map(
    (["visitor", "member", "admin"] as const).map((role) => [role, site.user(`a-${role}`, role)]),
  );
  const isVisitor = eq(users.role, "visitor");
  return {
    as: (persona, { oldPassword = false } = {}) => ({
      async headers(): Promise<Record<string, string>> {
        if (persona === "nobody") return {};
        // A visitor who signs out is forgotten: the next one comes.
        if (persona === "visitor" && !site.db.select().from(users).where(isVisitor).get()) {
          ids.set(persona, site.user("another-visitor", persona));
        }
        const isTheirs = eq(users.id, ids.get(persona) ?? "");
        site.db.update(users).set({ mustChangePassword: oldPassword }).where(isTheirs).run();
        const user = site.db.select().from(users).where(isTheirs).get();
        if (!user) throw new Error(`the ${persona} was deleted`);
        const { id: userId, sessionVersion } = user;
        const device = { userId, sessionVersion, userAgent: null, address: null };
        const cookie = await sealSession(startSession(site.db, { ...device, now: new Date() }));
        return { cookie: `vigilio.session=${cookie}`, "sec-fetch-site": "same-origin" };
      },
    }),
    [Symbol.dispose]: () => site[Symbol.dispose](),
  };
}
