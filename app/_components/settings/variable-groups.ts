import type { SettingItem } from "@/lib/settings/schema";

/** What the variables of the environment are about, in the order in which they are shown. */
export const variableGroups = [
  "address",
  "folders",
  "access",
  "qbittorrent",
  "ffmpeg",
  "metadata",
  "subtitles",
  "behaviour",
] as const;
export type VariableGroup = (typeof variableGroups)[number];

/** By how a variable begins; the first that fits. */
const beginnings: [RegExp, VariableGroup][] = [
  [/^(PORT|HOST|VIGILIO_URL|VIGILIO_TRUST_PROXY)$/, "address"],
  [/_DIRS?$/, "folders"],
  [/^VIGILIO_(SECRET|ADMIN_|API_TOKEN)/, "access"],
  [/^QBITTORRENT_/, "qbittorrent"],
  [/^FF/, "ffmpeg"],
  [/^TMDB_/, "metadata"],
  [/SUBTITLE/, "subtitles"],
];

/** What a variable is about; what nothing else fits says how Vigilio behaves. */
export function groupOf(variable: string): VariableGroup {
  return beginnings.find(([pattern]) => pattern.test(variable))?.[1] ?? "behaviour";
}

/** The page where those of a group are set that can be set by hand. */
export const groupPages: Partial<Record<VariableGroup, string>> = {
  qbittorrent: "/manage/settings/downloads",
  metadata: "/manage/settings/metadata",
  subtitles: "/manage/settings/subtitles",
};

/** True where another value only takes effect at the next start. */
export function waitsForRestart({ needsRestart, editable, source }: SettingItem): boolean {
  return needsRestart || source === "environment" || !editable;
}
