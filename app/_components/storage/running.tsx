import type { StorageView } from "@/lib/storage/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Card } from "../ui/card";
import { LinkButton } from "../ui/link-button";
import { sizeText } from "../words/measures";

/** What is still to come: downloads, and files that are made of them. */
export async function Running({ forecast }: { forecast: StorageView["forecast"] }) {
  const [t, locale] = await Promise.all([words("storage"), pageLocale()]);
  const { downloads, remainingBytes, conversions, conversionBytes, pausedBytes } = forecast;
  const size = (bytes: number) => sizeText(bytes, locale);
  return (
    <Card className="grid content-start gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-heading">{t("runningTitle")}</h2>
        <LinkButton href="/manage/downloads" tone="quiet" className="-me-4">
          {t("downloads")}
        </LinkButton>
      </div>
      {downloads + conversions === 0 && pausedBytes === 0 ? (
        <p className="text-faint">{t("nothingRuns")}</p>
      ) : (
        <ul data-numbers className="grid gap-1.5">
          {downloads > 0 && (
            <li>{t("downloadsNeed", { count: downloads, size: size(remainingBytes) })}</li>
          )}
          {conversionBytes > 0 && <li>{t("makingNeeds", { size: size(conversionBytes) })}</li>}
          {pausedBytes > 0 && (
            <li className="text-faint">{t("pausedNeed", { size: size(pausedBytes) })}</li>
          )}
        </ul>
      )}
    </Card>
  );
}
