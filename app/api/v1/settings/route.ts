import { z } from "zod";
import { env } from "@/lib/env";
import { refuseBadFolders } from "@/lib/imports/commands";
import { settingItems } from "@/lib/settings/data";
import { saveSettings } from "@/lib/settings/mutations";
import { settingItem, settingsPatch } from "@/lib/settings/schema";
import { apiRoute } from "@/lib/web/api";

const answers = { 200: z.object({ items: z.array(settingItem) }) };

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/settings",
    summary:
      "Every setting, its value (of a secret only whether it is set) and where it comes from",
    role: "admin",
    answers,
  },
  ({ db }) => ({ items: settingItems(db, env()) }),
);

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path: "/api/v1/settings",
    summary: "Saves settings by key, all or none; null goes back to the default",
    role: "admin",
    body: settingsPatch,
    answers,
  },
  async ({ db, body, now }) => {
    await refuseBadFolders(body, env());
    saveSettings(db, { patch: body, env: env(), now });
    return { items: settingItems(db, env()) };
  },
);
