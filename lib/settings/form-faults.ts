import type { z } from "zod";
import type { Reason } from "@/lib/errors";
import { fieldReasons } from "@/lib/web/input";

/** What is wrong with what stands in a form, in words by field; nothing when it can be saved. */
export function formFaults(
  schema: z.ZodType,
  values: Record<string, string>,
  say: (reason: Reason) => string,
): Record<string, string> {
  const parsed = schema.safeParse(values, { reportInput: true });
  if (parsed.success) return {};
  const told = Object.entries(fieldReasons(parsed.error)).map(([name, why]) => [name, say(why)]);
  return Object.fromEntries(told);
}
