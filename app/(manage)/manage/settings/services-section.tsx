import { LinkButton } from "@/app/_components/ui/link-button";
import { Notice } from "@/app/_components/ui/notice";
import { CheckList } from "@/app/_components/welcome/check-list";
import { LookAgain } from "@/app/_components/welcome/look-again";
import { loadBackupProblem } from "@/lib/backups/loaders";
import { loadServiceChecks } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** What everything depends on, and what to do about what does not work; it follows by itself. */
export async function ServicesSection() {
  const [checks, backupProblem, t, backups, settings] = await Promise.all([
    loadServiceChecks(),
    loadBackupProblem(),
    words("setup"),
    words("backups"),
    words("settings"),
  ]);
  return (
    <>
      {backupProblem && (
        <Notice
          tone="danger"
          title={backups("problemTitle")}
          action={
            <LinkButton href="/manage/settings/backups">{settings("section.backups")}</LinkButton>
          }
        >
          {backupProblem}
        </Notice>
      )}
      <CheckList
        checks={checks.map((check) => ({ ...check, label: t(`service.${check.name}`) }))}
      />
      <LookAgain />
    </>
  );
}
