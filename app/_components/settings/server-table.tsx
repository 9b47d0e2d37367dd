import type { SettingItem } from "@/lib/settings/schema";
import { words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { LinkButton } from "../ui/link-button";
import { FilteredGroups } from "./filtered-groups";
import { groupOf, groupPages, variableGroups, waitsForRestart } from "./variable-groups";

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

/** Everything that the environment can set: what holds now, where it comes from, and from when on. */
export async function ServerTable({ items }: { items: SettingItem[] }) {
  const t = await words("settings");
  const shown = (item: SettingItem): string => {
    if (item.isSet !== undefined) return item.isSet ? t("isSet") : t("isNotSet");
    if (item.value === true) return t("on");
    if (item.value === false) return t("off");
    return plainText(item.value) ?? t("isNotSet");
  };
  const holds = ({ isSet, value }: SettingItem) => isSet ?? plainText(value) !== null;
  const groups = variableGroups.map((group) => {
    const page = groupPages[group];
    return {
      id: group,
      title: t(`variableGroup.${group}`),
      action: page && <LinkButton href={page}>{t("change")}</LinkButton>,
      rows: items.flatMap((item) => {
        if (item.variable === null || groupOf(item.variable) !== group) return [];
        const value = shown(item);
        return {
          id: item.key,
          text: `${item.variable} ${value} ${t(`source.${item.source}`)}`.toLowerCase(),
          row: (
            <div className="grid grid-cols-1 gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[13rem_minmax(0,1fr)]">
              <code className="text-caption break-all">{item.variable}</code>
              <div className="flex flex-wrap items-center gap-2">
                <span className={`min-w-0 break-all ${holds(item) ? "" : "text-faint"}`}>
                  {value}
                </span>
                <Badge tone={item.source === "default" ? "faint" : "plain"}>
                  {t(`source.${item.source}`)}
                </Badge>
                {waitsForRestart(item) && (
                  <span className="text-caption text-faint">{t("afterRestart")}</span>
                )}
              </div>
            </div>
          ),
        };
      }),
    };
  });
  return <FilteredGroups groups={groups} />;
}
