import { z } from "zod";
import { settingDefinitions } from "./schema";

const { searchGreatestHeight, searchGreatestGigabytes, searchLanguages, searchAvoidedCodecs } =
  settingDefinitions;

/** Several of one setting, as a hidden field holds them; what is wrong with one is the field's. */
const commaList = <List extends z.ZodType>(list: List) =>
  z
    .string()
    .max(500)
    .transform((text, context): z.output<List> => {
      const parts = [...new Set(text.split(",").filter((part) => part !== ""))];
      const parsed = list.safeParse(parts);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues) context.addIssue({ ...issue, path: [] });
      return z.NEVER;
    });

/** A number as people write it, with a point or a comma; empty is no limit. */
const limit = z
  .string()
  .trim()
  .transform((text, context) => {
    if (text === "") return null;
    const value = Number(text.replace(",", "."));
    if (Number.isFinite(value)) return value;
    context.addIssue({ code: "custom", message: "number-out-of-range" });
    return z.NEVER;
  });

/** The form of what a search offers first. */
export const searchWishesForm = z.object({
  searchGreatestHeight: limit.pipe(searchGreatestHeight.schema),
  searchGreatestGigabytes: limit.pipe(searchGreatestGigabytes.schema),
  searchLanguages: commaList(searchLanguages.schema),
  searchAvoidedCodecs: commaList(searchAvoidedCodecs.schema),
});
