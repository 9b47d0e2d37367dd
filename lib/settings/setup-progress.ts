import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import type { Db } from "@/lib/db";
import { type SetupStep, setupSteps } from "./setup-steps";

const key = "setup";
const stored = z.object({ step: z.enum(setupSteps) });

/** The step that setting up stands at; null when it is done, or was never begun on a page. */
export function setupStepOf(db: Db): SetupStep | null {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  return stored.safeParse(row?.value).data?.step ?? null;
}

/** The first account was made on the setup page: what follows is to be gone through. */
export function beginSetup(db: Db, now: Date): void {
  const values = { value: { step: setupSteps[0] }, updatedAt: now };
  db.insert(serviceState)
    .values({ key, ...values })
    .onConflictDoUpdate({ target: serviceState.key, set: values })
    .run();
}

/** Somebody is at a step: whoever comes back goes on there. The last one ends it. */
export function reachSetupStep(db: Db, step: SetupStep, now: Date): void {
  const known = setupStepOf(db);
  if (known === null || known === step) return;
  const isThis = eq(serviceState.key, key);
  if (step === "done") db.delete(serviceState).where(isThis).run();
  else db.update(serviceState).set({ value: { step }, updatedAt: now }).where(isThis).run();
}
