import { CircleAlert, CircleCheck } from "lucide-react";
import type { ImportFolder } from "@/lib/imports/schema";
import { words } from "@/lib/web/words";

/** The folders as they are on the disk now: each can be looked into, or why not. */
export async function FolderStates({ folders }: { folders: readonly ImportFolder[] }) {
  const t = await words("folders");
  return (
    <ul
      aria-label={t("foldersLabel")}
      className="divide-y divide-line rounded-xl border border-line"
    >
      {folders.map(({ path, detail }) => {
        const Icon = detail ? CircleAlert : CircleCheck;
        return (
          <li key={path} className="flex items-start gap-3 px-4 py-3">
            <Icon
              aria-hidden
              className={`mt-0.5 size-5 shrink-0 ${detail ? "text-danger" : "text-lamp"}`}
            />
            <div className="grid min-w-0 gap-0.5">
              <p dir="ltr" className="text-start break-all">
                {path}
              </p>
              <p className={`text-caption ${detail ? "text-danger" : "text-faint"}`}>
                {detail ?? t("folderFine")}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
