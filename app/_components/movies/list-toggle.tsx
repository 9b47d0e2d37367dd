import { Bookmark } from "lucide-react";
import { words } from "@/lib/web/words";

/**
 * On a card: shown when it is pointed at or has the focus. A finger has no pointing: there a long
 * press shows it. What it does is done for all cards by `CardDetails`.
 */
export async function ListToggle({ title, inList }: { title: string; inList: boolean }) {
  const t = await words("list");
  return (
    <button
      type="button"
      data-list-toggle={title}
      aria-pressed={inList}
      aria-label={t("toggleLabel", { title })}
      className="group/mark absolute end-1 top-1 hidden size-11 place-items-center rounded-lg opacity-0 transition-opacity group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:grid"
    >
      <span className="grid size-8 place-items-center rounded-lg bg-ink/85 text-text group-aria-pressed/mark:text-lamp">
        <Bookmark aria-hidden className="size-4.5 group-aria-pressed/mark:fill-current" />
      </span>
    </button>
  );
}
