import { Palette } from "lucide-react";
import { LandingSwitch } from "@/app/_components/settings/landing-switch";
import { SectionCard } from "@/app/_components/settings/section-card";
import { ServerTable } from "@/app/_components/settings/server-table";
import { Badge } from "@/app/_components/ui/badge";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadSettings } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

const demoCommands = { on: "npm run demo -- on", off: "npm run demo -- off" };

/** How strangers find this server, and everything that the environment decides, or could. */
export async function ServerSection() {
  const [{ items, values }, t] = await Promise.all([loadSettings(), words("settings")]);
  return (
    <>
      <SectionCard title={t("addressTitle")} description={t("addressDescription")}>
        {values.publicUrl ? (
          <code className="break-all">{values.publicUrl}</code>
        ) : (
          <p className="text-faint">{t("addressNone")}</p>
        )}
        <LandingSwitch value={values.landingPage} />
      </SectionCard>
      <SectionCard
        title={
          <span className="flex items-center gap-2">
            {t("demoTitle")}
            <Badge tone={values.demo ? "lamp" : "faint"}>{values.demo ? t("on") : t("off")}</Badge>
          </span>
        }
        description={t("demoDescription")}
      >
        <code className="rounded-lg border border-line bg-ink px-3 py-2.5 text-caption">
          {values.demo ? demoCommands.off : demoCommands.on}
        </code>
      </SectionCard>
      <ServerTable items={items} />
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
