import { Palette } from "lucide-react";
import { ServerTable } from "@/app/_components/settings/server-table";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadSettings } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** What the environment decides, or could; and the way to the pieces that pages are made of. */
export async function ServerSection() {
  const [{ items }, t] = await Promise.all([loadSettings(), words("settings")]);
  return (
    <>
      <ServerTable items={items.filter(({ variable }) => variable !== null)} />
      <div className="grid justify-items-start gap-2">
        <LinkButton href="/manage/design">
          <Palette aria-hidden className="size-5" />
          {t("design")}
        </LinkButton>
        <p className="text-caption text-faint">{t("designHint")}</p>
      </div>
    </>
  );
}
