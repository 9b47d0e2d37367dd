import { FolderPlus } from "lucide-react";
import { FolderStates } from "@/app/_components/imports/folder-states";
import { FoldersForm } from "@/app/_components/imports/folders-form";
import { SectionCard } from "@/app/_components/settings/section-card";
import { stateOf } from "@/app/_components/settings/setting-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadImportFolders } from "@/lib/imports/loaders";
import { loadSettings } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** Folders that films may be taken from. */
export async function FoldersSection() {
  const [{ folders }, { itemOf }, t] = await Promise.all([
    loadImportFolders(),
    loadSettings(),
    words("folders"),
  ]);
  const { variable } = stateOf(itemOf("importDirs"));
  return (
    <SectionCard title={t("settingsTitle")} description={t("settingsDescription")}>
      <FoldersForm paths={folders.map(({ path }) => path)} variable={variable} />
      {folders.length > 0 && (
        <>
          <FolderStates folders={folders} />
          <LinkButton href="/manage/import" className="justify-self-start">
            <FolderPlus aria-hidden className="size-5" />
            {t("title")}
          </LinkButton>
        </>
      )}
    </SectionCard>
  );
}
