import { z } from "zod";

/**
 * Rows of a list, without those that are not in the known form: one odd row among two hundred must
 * not cost the rest. Absent and null count as none.
 */
export function rowsOf<Row extends z.ZodType>(row: Row) {
  return z
    .array(z.unknown())
    .nullish()
    .transform((rows) =>
      (rows ?? []).flatMap((one): z.output<Row>[] => {
        const parsed = row.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
