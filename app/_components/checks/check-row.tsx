import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { CheckState, CheckView } from "@/lib/checks/schema";
import { words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { CopyButton } from "../ui/copy-button";
import { LinkButton } from "../ui/link-button";
import { MendFiles, TestSource } from "./check-buttons";

const looks = {
  broken: { Icon: TriangleAlert, tone: "text-danger", badge: "danger" },
  look: { Icon: CircleAlert, tone: "text-lamp", badge: "lamp" },
  fine: { Icon: CircleCheck, tone: "text-faint", badge: "faint" },
} as const satisfies Record<CheckState, object>;

/** One finding: what was seen, and for what is not fine what it means and what to do. */
export async function CheckRow({ check }: { check: CheckView }) {
  const t = await words("checks");
  const { state, title, seen, means, todo, command, href, mend, sourceId } = check;
  const { Icon, tone, badge } = looks[state];
  const isFine = state === "fine";
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-3 p-4" data-check={check.name}>
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${tone}`} />
      <div className="grid grid-cols-1 gap-1">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          <bdi>{title}</bdi>
          {isFine ? (
            <span className="sr-only">{t("state.fine")}</span>
          ) : (
            <Badge tone={badge}>{t(`state.${state}`)}</Badge>
          )}
        </h3>
        <p className={`break-words ${isFine ? "text-caption text-faint" : ""}`}>{seen}</p>
        {means && <p className="text-faint">{means}</p>}
        {todo && (
          <p>
            <span className="font-medium">{t("todoLabel")}:</span> {todo}
          </p>
        )}
      </div>
      {command && (
        <div className="col-span-2 grid grid-cols-1 gap-2 sm:col-span-1 sm:col-start-2">
          <p className="text-caption text-faint">{t("commandLabel")}</p>
          <div className="flex flex-wrap items-center gap-2">
            <code className="min-w-0 grow rounded-lg border border-line bg-ink px-3 py-2.5 text-caption break-all">
              {command}
            </code>
            <CopyButton text={command} />
          </div>
        </div>
      )}
      {(mend || (href && !isFine)) && (
        <div className="col-span-2 flex flex-wrap gap-2 max-sm:*:grow sm:col-span-1 sm:col-start-2">
          {mend === "file-modes" && <MendFiles />}
          {mend === "source" && sourceId && <TestSource id={sourceId} name={title} />}
          {href && !isFine && <LinkButton href={href}>{t("open")}</LinkButton>}
        </div>
      )}
    </li>
  );
}
