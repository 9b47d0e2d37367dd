import { Gauge } from "lucide-react";
import type { TransferState as State } from "@/lib/downloads/schema";
import { pageLocale, words } from "@/lib/web/words";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { speedText } from "../words/measures";

const kibibyte = 1024;

/** What holds for all torrents: a network interface that is gone, and the limits in force. */
export async function TransferState({ state }: { state: State }) {
  const [t, locale] = await Promise.all([words("downloadsPage"), pageLocale()]);
  const { goneInterface, isByTheHour, until } = state;
  const limit = (kibibytes: number | null) =>
    kibibytes === null ? t("noLimit") : speedText(kibibytes * kibibyte, locale);
  const isLimited =
    state.downloadKibibytesPerSecond !== null || state.uploadKibibytesPerSecond !== null;
  return (
    <>
      {goneInterface !== null && (
        <Notice
          tone="danger"
          title={t("interfaceGone", { name: goneInterface })}
          action={
            <LinkButton href="/manage/settings/downloads">{t("interfaceSettings")}</LinkButton>
          }
        >
          {t("interfaceGoneDetail")}
        </Notice>
      )}
      {(isLimited || isByTheHour) && (
        <p data-numbers className="flex flex-wrap items-center gap-x-2 gap-y-1 text-caption">
          <Gauge aria-hidden className="size-4 shrink-0 text-faint" />
          {t("limits", {
            download: limit(state.downloadKibibytesPerSecond),
            upload: limit(state.uploadKibibytesPerSecond),
          })}
          {until !== null && (
            <span className="text-faint">
              {t(isByTheHour ? "limitsUntil" : "limitsFrom", { time: until })}
            </span>
          )}
        </p>
      )}
    </>
  );
}
