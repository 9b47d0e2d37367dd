import { CircleCheck, TriangleAlert } from "lucide-react";
import type { CheckArea as Area, ChecksPageView } from "@/lib/checks/schema";
import { pageLocale, words } from "@/lib/web/words";
import { CopyButton } from "../ui/copy-button";
import { Disclosure } from "../ui/disclosure";
import { Notice } from "../ui/notice";
import { WordsProvider } from "../words-provider";
import { CheckArea } from "./check-area";
import { CheckAllAgain, CheckWhenOld } from "./check-buttons";

/** What is known when the page is drawn: there is nothing to ask. */
const alwaysKnown: readonly Area[] = ["scheduler"];

/** All findings by subject: the subject with the worst first. */
export async function ChecksPage(page: ChecksPageView) {
  const [locale, t] = await Promise.all([pageLocale(), words("checks")]);
  const { items, summary, unknown, oldAreas, mayRun } = page;
  // The items are sorted by what is worst, so the order in which areas come up is theirs, too.
  const areas = [...new Set([...items.map(({ area }) => area), ...unknown])];
  const isFine = summary.broken === 0 && summary.look === 0;
  const Icon = isFine ? CircleCheck : TriangleAlert;
  return (
    <WordsProvider locale={locale} namespaces={["common", "checks"]}>
      <div className="grid grid-cols-1 gap-3">
        <p className="flex items-start gap-2 font-medium" data-summary>
          <Icon
            aria-hidden
            className={`mt-0.5 size-5 shrink-0 ${summary.broken > 0 ? "text-danger" : "text-lamp"}`}
          />
          {isFine ? t("allFine", { fine: summary.fine }) : t("summary", summary)}
        </p>
        {mayRun ? (
          <div className="flex flex-wrap items-center gap-4">
            <CheckAllAgain />
            <CheckWhenOld areas={oldAreas} />
          </div>
        ) : (
          <Notice title={t("notInDemo")} />
        )}
      </div>
      {areas.map((area) => (
        <CheckArea
          key={area}
          area={area}
          items={items.filter((item) => item.area === area)}
          mayRun={mayRun && !alwaysKnown.includes(area)}
        />
      ))}
      <Disclosure title={t("report")}>
        <div className="grid grid-cols-1 justify-items-start gap-3">
          <p className="text-caption text-faint">{t("reportHint")}</p>
          {/* To be selected by hand where the browser does not copy. */}
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it
            tabIndex={0}
            className="max-h-96 w-full overflow-auto rounded-lg border border-line bg-ink p-3 text-caption whitespace-pre-wrap break-words"
          >
            {page.report}
          </pre>
          <CopyButton text={page.report} />
        </div>
      </Disclosure>
    </WordsProvider>
  );
}
