import { expect, it } from "vitest";
import { variables } from "@/lib/env";
import { settingDefinitions } from "@/lib/settings/schema";
import { groupOf, variableGroups, waitsForRestart } from "./variable-groups";

it("every variable of the environment is a setting, and has a place", () => {
  const shown = Object.values(settingDefinitions).flatMap((definition) =>
    "variable" in definition ? [definition.variable] : [],
  );
  expect(shown.toSorted()).toEqual(Object.keys(variables).toSorted());
  for (const name of Object.keys(variables)) expect(variableGroups).toContain(groupOf(name));
  expect(groupOf("VIGILIO_MEDIA_DIR")).toBe("folders");
  expect(groupOf("QBITTORRENT_NOX_PATH")).toBe("qbittorrent");
  expect(groupOf("OPENSUBTITLES_PASSWORD")).toBe("subtitles");
  expect(groupOf("LOG_LEVEL")).toBe("behaviour");
});

it("what the environment holds changes at the next start, what is saved here at once", () => {
  const item = { key: "a", needsRestart: false, editable: true, variable: "A" };
  expect(waitsForRestart({ ...item, source: "saved" })).toBe(false);
  expect(waitsForRestart({ ...item, source: "environment" })).toBe(true);
  expect(waitsForRestart({ ...item, source: "default", editable: false })).toBe(true);
  expect(waitsForRestart({ ...item, source: "default", needsRestart: true })).toBe(true);
});
