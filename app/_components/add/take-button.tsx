import { Check, Download } from "lucide-react";
import { useTranslations } from "use-intl";
import type { ReleaseView } from "@/lib/sources/schema";
import { Button } from "../ui/button";
import type { TakeRelease } from "./use-take-release";

interface TakeButtonProps {
  release: ReleaseView;
  title: string;
  take: TakeRelease;
  /** The one to take of a movie that is not there yet; others are less loud. */
  isFirst?: boolean;
}

/** Adds a release; afterwards it says so. */
export function TakeButton({ release, title, take, isFirst = false }: TakeButtonProps) {
  const t = useTranslations("sourceSearch");
  const { resultId, quality } = release;
  if (take.added[resultId] !== undefined) {
    return (
      <Button disabled className="w-full sm:w-auto">
        <Check aria-hidden className="size-5" />
        {t("added")}
      </Button>
    );
  }
  return (
    <Button
      tone={isFirst && !release.isTooLarge ? "primary" : "plain"}
      pending={take.pendingId === resultId}
      disabled={take.pendingId !== null}
      aria-label={t("takeLabel", { title, quality: quality ?? "" })}
      onClick={() => take.run(resultId, title)}
      className="w-full sm:w-auto"
    >
      <Download aria-hidden className="size-5" />
      {t("take")}
    </Button>
  );
}
