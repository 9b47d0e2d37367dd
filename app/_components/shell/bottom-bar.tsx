import { Bookmark, CirclePlus, Ellipsis, House, Search } from "lucide-react";
import type { ReactNode } from "react";
import type { RequestLinks } from "@/lib/requests/schema";
import { words } from "@/lib/web/words";
import { WaitingCount } from "../requests/waiting-count";
import { morePanelId } from "./more-panel";
import { NavLink } from "./nav-link";

const itemClass =
  "grid h-15 w-full content-center justify-items-center gap-0.5 text-[0.6875rem] leading-4 text-faint outline-offset-[-4px] transition-colors aria-[current=page]:font-semibold aria-[current=page]:text-lamp [&_svg]:size-6";

/** On a phone, within reach of a thumb. */
export async function BottomBar({ mayAdd, requests }: { mayAdd: boolean; requests: RequestLinks }) {
  const t = await words("nav");
  const item = (href: string, icon: ReactNode, label: string) => (
    <li className="grow basis-0">
      <NavLink href={href} className={itemClass}>
        {icon}
        {label}
      </NavLink>
    </li>
  );
  return (
    <nav
      aria-label={t("main")}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
    >
      <ul data-row className="flex">
        {item("/", <House aria-hidden />, t("home"))}
        {item("/search", <Search aria-hidden />, t("search"))}
        {mayAdd && item("/manage/add", <CirclePlus aria-hidden />, t("add"))}
        {!mayAdd && requests.mayAsk && item("/requests", <CirclePlus aria-hidden />, t("ask"))}
        {item("/my-list", <Bookmark aria-hidden />, t("myList"))}
        <li className="grow basis-0">
          <button
            type="button"
            data-stop
            popoverTarget={morePanelId}
            className={`relative ${itemClass}`}
          >
            <Ellipsis aria-hidden />
            {t("more")}
            {requests.waiting !== null && (
              <WaitingCount
                count={requests.waiting}
                className="absolute start-[calc(50%+0.375rem)] top-1"
              />
            )}
          </button>
        </li>
      </ul>
    </nav>
  );
}
