import { readFileSync } from "node:fs";

/** Every reason with the form of its words; values in them may be anything. */
const forms = Object.entries(
  (JSON.parse(readFileSync("messages/en.json", "utf8")) as { reasons: Record<string, string> })
    .reasons,
).map(([code, message]): [string, RegExp] => [code, formOf(message)]);

/** The words of an ICU message as a pattern: each argument, however deep, stands for any text. */
function formOf(message: string): RegExp {
  let depth = 0;
  let pattern = "";
  for (const sign of message) {
    if (sign === "{") depth += 1;
    if (depth === 0) pattern += sign.replace(/[.*+?^$()|[\]\\/]/, "\\$&");
    if (sign === "}") {
      depth -= 1;
      if (depth === 0) pattern += ".*";
    }
  }
  return new RegExp(`^${pattern}$`);
}

/** The code of the reason that people read as these words; null for words of no reason. */
export function codeOf(words: string): string | null {
  return forms.find(([, form]) => form.test(words))?.[0] ?? null;
}
