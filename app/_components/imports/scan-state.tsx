import type { ScanView } from "@/lib/imports/schema";
import { words } from "@/lib/web/words";
import { Notice } from "../ui/notice";
import { ProgressBar } from "../ui/progress-bar";
import { MatchAgain } from "./match-again";

const skipKinds = ["extras", "episodes", "incomplete", "discs", "links", "unreadable"] as const;

/** How far a scan is, what was left out, and what went wrong. */
export async function ScanState({ scan }: { scan: ScanView }) {
  const t = await words("folders");
  const { id, status, films, matched, filesSeen, detail, skips, cutBy, newFilms } = scan;
  const isOn = status === "walking" || status === "matching";
  const said =
    status === "walking"
      ? t("walking", { count: filesSeen })
      : status === "matching"
        ? t("matching", { matched, count: films })
        : t("found", { count: films });
  const left = skipKinds.filter((kind) => (skips?.[kind] ?? 0) > 0);
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid gap-1">
        <h2 className="text-heading" aria-live="polite" data-numbers>
          {said}
        </h2>
        <p dir="ltr" className="text-start text-caption break-all text-faint">
          {scan.folder}
        </p>
        {newFilms > 0 && !isOn && (
          <p className="text-lamp" data-numbers>
            {t("newFilms", { count: newFilms })}
          </p>
        )}
        {left.length > 0 && (
          <p className="text-caption text-faint" data-numbers>
            {t("leftOut")}{" "}
            {left.map((kind) => t(`skipped.${kind}`, { count: skips?.[kind] ?? 0 })).join(" · ")}
          </p>
        )}
      </div>
      {isOn && (
        <ProgressBar
          value={status === "walking" || films === 0 ? null : matched / films}
          label={said}
        />
      )}
      {cutBy && (
        <Notice title={t("cutTitle")}>
          {t(`cut.${cutBy}`)} {t("cutHelp")}
        </Notice>
      )}
      {status === "failed" && (
        <Notice tone="danger" title={t("failedTitle")} action={<MatchAgain id={id} />}>
          {detail}
        </Notice>
      )}
      {status === "done" && detail && (
        <Notice title={t("unaskedTitle")} action={<MatchAgain id={id} />}>
          {detail} {t("unasked")}
        </Notice>
      )}
      {status === "done" && films === 0 && <p className="text-faint">{t("nothing")}</p>}
    </div>
  );
}
