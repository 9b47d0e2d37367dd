import type { StorageView, VolumeView } from "@/lib/storage/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { listText, percentText, sizeText } from "../words/measures";

interface VolumeCardProps {
  volume: VolumeView;
  uses: StorageView["uses"];
  forecast: StorageView["forecast"];
}

/** One disk: what lies on it, what is free, and whether what is running will fit. */
export async function VolumeCard({ volume, uses, forecast }: VolumeCardProps) {
  const [t, locale] = await Promise.all([words("storage"), pageLocale()]);
  const { folders, totalBytes, freeBytes, usedByVigilioBytes, neededBytes, fits } = volume;
  const size = (bytes: number) => sizeText(bytes, locale);
  const films = uses
    .filter(({ kind, folder }) => kind === "films" && folders.includes(folder))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const used = Math.max(0, totalBytes - freeBytes);
  const ours = Math.min(used, usedByVigilioBytes);
  const parts = [
    { name: "films", bytes: Math.min(films, ours), className: "bg-lamp" },
    { name: "rest", bytes: Math.max(0, ours - films), className: "bg-lamp/55" },
    { name: "others", bytes: used - ours, className: "bg-edge" },
    { name: "free", bytes: freeBytes, className: "bg-line" },
  ] as const;
  const name = listText(
    folders.map((folder) => t(`folder.${folder}`)),
    locale,
  );
  return (
    <Card className="grid content-start gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-heading">{folders.length === 3 ? t("oneDisk") : name}</h2>
        <p data-numbers className="text-faint">
          {t("freeOf", { free: size(freeBytes), total: size(totalBytes) })}
        </p>
      </div>
      <div
        role="img"
        aria-label={t("barLabel", {
          share: percentText(totalBytes > 0 ? used / totalBytes : 0, locale),
        })}
        className="flex h-4 gap-px overflow-hidden rounded-full bg-ink"
      >
        {parts.map(({ name: part, bytes, className }) => (
          <span
            key={part}
            className={`h-full ${className}`}
            style={{ width: `${totalBytes > 0 ? (bytes / totalBytes) * 100 : 0}%` }}
          />
        ))}
      </div>
      <ul data-numbers className="grid grid-cols-1 gap-x-6 gap-y-1.5 text-caption sm:grid-cols-2">
        {parts.map(({ name: part, bytes, className }) => (
          <li key={part} className="flex items-center gap-2">
            <span aria-hidden className={`size-3 shrink-0 rounded-sm ${className}`} />
            <span className="grow">{t(`part.${part}`)}</span>
            <span className="text-faint">{size(bytes)}</span>
          </li>
        ))}
      </ul>
      {!fits && (
        <Notice tone="danger" title={t("wontFit", { missing: size(neededBytes - freeBytes) })}>
          {t("wontFitDetail", { needed: size(neededBytes), free: size(freeBytes) })}
        </Notice>
      )}
      {fits && neededBytes > 0 && (
        <p data-numbers className="text-caption text-faint">
          {t("fits", { needed: size(neededBytes), left: size(freeBytes - neededBytes) })}
        </p>
      )}
      {forecast.unknownSizes > 0 && folders.includes("downloads") && (
        <p className="text-caption text-faint">
          {t("unknownSizes", { count: forecast.unknownSizes })}
        </p>
      )}
    </Card>
  );
}
