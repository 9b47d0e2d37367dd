import { z } from "zod";
import { parseInput } from "@/lib/web/input";
import type { Source } from "./data";
import { type SchemaDefinition, schemaDefinition } from "./definition";
import { withStoredSecrets } from "./secrets";

/**
 * A schema as it was sent, with the stored keys that it does not name or only marks.
 *
 * @param source whose keys are taken; null for a new one.
 * @param field what the schema is called in what was sent.
 * @throws AppError 422 by field.
 */
export function parsedSchema(
  given: unknown,
  source: Source | null,
  field = "definition",
): SchemaDefinition {
  const stored = source?.kind === "schema" ? source.definition : null;
  const parsed = parseInput(z.object({ [field]: schemaDefinition }), {
    [field]: withStoredSecrets(given, stored),
  });
  return parsed[field] as SchemaDefinition;
}
