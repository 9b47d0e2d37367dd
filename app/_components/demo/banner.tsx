import { FlaskConical } from "lucide-react";
import { words } from "@/lib/web/words";
import { CloseBanner } from "./close-banner";

interface DemoBannerProps {
  audience: "visitor" | "member" | "admin";
  /** After which a visitor's account is deleted. */
  visitHours: number;
}

/** Above every page of a demo: that it is one, what is switched off, and when a visitor is forgotten. */
export async function DemoBanner({ audience, visitHours }: DemoBannerProps) {
  const t = await words("demo");
  return (
    <CloseBanner label={t("banner")} close={t("closeBanner")}>
      <FlaskConical aria-hidden className="size-4 shrink-0 text-lamp max-sm:mt-0.5" />
      <p className="min-w-0 grow text-pretty">
        <strong className="font-semibold">{t("isDemo")}</strong>{" "}
        {t(`off.${audience}`, { hours: visitHours })}
      </p>
    </CloseBanner>
  );
}
