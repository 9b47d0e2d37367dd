import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { SourceView } from "@/lib/sources/schema";
import { secondsText } from "./seconds-text";

interface SourceHealthProps {
  health: SourceView["health"];
  /** When one that rests is asked again, drawn by the server. */
  until: ReactNode;
}

/** How a source answered lately, in words. */
export function SourceHealth({ health, until }: SourceHealthProps) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const { state, averageMs, detail } = health;
  switch (state) {
    case "unknown":
      return t("health.unknown");
    case "ok":
      return averageMs === null
        ? t("health.ok")
        : t("health.okIn", {
            seconds: secondsText(averageMs, locale),
          });
    case "paused":
      return (
        <>
          {t("health.paused")} {until}
          {detail && <span className="block">{detail}</span>}
        </>
      );
    case "failing":
      return <span className="text-danger">{detail ?? t("health.failing")}</span>;
  }
}
