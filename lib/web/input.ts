import type { z } from "zod";
import { AppError, type Reason, reason } from "@/lib/errors";
import { hasReason } from "./catalogue";

/** What is wrong with one value, as a reason. Schemas may name a code of their own as message. */
function reasonOfIssue(issue: z.core.$ZodIssue): Reason {
  if (hasReason(issue.message)) return reason(issue.message);
  switch (issue.code) {
    case "invalid_type":
      return reason(issue.input === undefined ? "field-required" : "field-wrong-type", {
        expected: issue.expected,
      });
    case "too_small":
      return issue.origin === "string"
        ? reason(Number(issue.minimum) <= 1 ? "field-required" : "field-too-short", {
            minimum: Number(issue.minimum),
          })
        : reason("field-too-small", { minimum: Number(issue.minimum) });
    case "too_big":
      return reason(issue.origin === "string" ? "field-too-long" : "field-too-large", {
        maximum: Number(issue.maximum),
      });
    case "invalid_value":
      return reason("field-not-one-of", { values: issue.values.map(String).join(", ") });
    case "unrecognized_keys":
      return reason("field-unknown", { names: issue.keys.join(", ") });
    default:
      return reason("field-invalid");
  }
}

/** The first fault of each field, by its dotted path; what concerns the whole stands under `body`. */
export function fieldReasons(error: z.ZodError): Record<string, Reason> {
  const fields: Record<string, Reason> = {};
  for (const issue of error.issues) {
    const name = issue.path.map(String).join(".") || "body";
    fields[name] ??= reasonOfIssue(issue);
  }
  return fields;
}

/** Parses what came from outside. @throws AppError 422 with a reason per field. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new AppError("invalid-input", { status: 422, fields: fieldReasons(parsed.error) });
}
