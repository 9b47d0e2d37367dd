"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { adminAction } from "@/lib/web/action";
import { commandDownload, deleteDownload, downloadCommands } from "./commands";
import { downloadByHash } from "./mutations";

const input = z.object({
  infoHash: z.string().regex(/^[0-9a-f]{40,64}$/i),
  command: z.enum([...downloadCommands, "delete"]),
  deleteFiles: z.boolean().default(false),
});

/** Pauses, continues, forces or deletes one of Vigilio's torrents. */
export const downloadCommandAction = adminAction(
  input,
  async ({ infoHash, command, deleteFiles }, { db, now }) => {
    const context = { db, env: env(), services: connect(db, env()), now };
    const download = downloadByHash(db, infoHash);
    if (command === "delete") await deleteDownload(context, download, deleteFiles);
    else await commandDownload(context, download, command);
  },
);
