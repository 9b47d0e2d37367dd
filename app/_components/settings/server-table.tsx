import type { SettingItem } from "@/lib/settings/schema";
import { words } from "@/lib/web/words";
import { Badge } from "../ui/badge";

/** A value as it is: text, numbers and lists as they are written, nothing of a secret. */
function plainText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(pairText).join(", ");
  return String(value);
}

function pairText(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return String(entry);
  return Object.values(entry).join("=");
}

/** Everything that the environment can set: what holds now, and where it comes from. */
export async function ServerTable({ items }: { items: SettingItem[] }) {
  const t = await words("settings");
  const shown = (item: SettingItem): string => {
    if (item.isSet !== undefined) return item.isSet ? t("isSet") : t("isNotSet");
    if (item.value === true) return t("on");
    if (item.value === false) return t("off");
    return plainText(item.value) ?? t("isNotSet");
  };
  const holds = ({ isSet, value }: SettingItem) => isSet ?? plainText(value) !== null;
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
      {items.map((item) => (
        <li key={item.key} className="grid grid-cols-1 gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-2">
          <code className="text-caption break-all">{item.variable}</code>
          <div className="flex flex-wrap items-center gap-2">
            <span className={`min-w-0 break-all ${holds(item) ? "" : "text-faint"}`}>
              {shown(item)}
            </span>
            {item.source !== "default" && <Badge>{t(`source.${item.source}`)}</Badge>}
          </div>
        </li>
      ))}
    </ul>
  );
}
