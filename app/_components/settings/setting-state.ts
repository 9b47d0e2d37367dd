import type { SettingItem } from "@/lib/settings/schema";
import type { SettingState } from "./setting-field";

/** What a field has to know of its setting. */
export function stateOf({ source, variable, isSet = false }: SettingItem): SettingState {
  return { variable: source === "environment" ? variable : null, isSet };
}
