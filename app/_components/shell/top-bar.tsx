import { CircleUserRound, Download, Plus } from "lucide-react";
import { Suspense } from "react";
import type { RequestLinks } from "@/lib/requests/schema";
import { words } from "@/lib/web/words";
import { WaitingCount } from "../requests/waiting-count";
import { Mark } from "./mark";
import { morePanelId } from "./more-panel";
import { NavLink } from "./nav-link";
import { SearchField } from "./search-field";

const linkClass =
  "flex h-11 items-center rounded-lg px-3 text-faint transition-colors hover:text-text aria-[current=page]:font-semibold aria-[current=page]:text-text";
const iconClass =
  "grid size-11 place-items-center rounded-lg text-faint transition-colors hover:bg-raised hover:text-text aria-[current=page]:text-lamp";

interface TopBarProps {
  isAdmin: boolean;
  mayAdd: boolean;
  requests: RequestLinks;
}

/** On a desk: where to go, search, and what an admin does most. A phone shows only the name. */
export async function TopBar({ isAdmin, mayAdd, requests }: TopBarProps) {
  const [t, app] = await Promise.all([words("nav"), words("app")]);
  return (
    <header className="sticky top-0 z-30 border-b border-line/60 bg-ink/90 backdrop-blur-md">
      <div data-row className="gutter flex h-14 items-center gap-1 md:h-16">
        <NavLink href="/" className="flex h-11 items-center gap-2 rounded-lg pe-3">
          <Mark className="size-7" />
          <span className="text-lg font-bold tracking-tight">{app("name")}</span>
        </NavLink>
        <nav aria-label={t("main")} className="hidden items-center md:flex">
          <NavLink href="/movies" className={linkClass}>
            {t("movies")}
          </NavLink>
          <NavLink href="/my-list" className={linkClass}>
            {t("myList")}
          </NavLink>
        </nav>
        <div className="ms-auto hidden items-center gap-1 md:flex">
          <Suspense fallback={<div className="w-56 lg:w-72" />}>
            <SearchField withPanel className="w-56 lg:w-72" />
          </Suspense>
          {mayAdd && (
            <NavLink href="/manage/add" className={iconClass}>
              <Plus aria-hidden className="size-5.5" />
              <span className="sr-only">{t("add")}</span>
            </NavLink>
          )}
          {!mayAdd && requests.mayAsk && (
            <NavLink href="/requests" className={iconClass}>
              <Plus aria-hidden className="size-5.5" />
              <span className="sr-only">{t("askForMovie")}</span>
            </NavLink>
          )}
          {isAdmin && (
            <NavLink href="/manage/downloads" className={iconClass}>
              <Download aria-hidden className="size-5" />
              <span className="sr-only">{t("downloads")}</span>
            </NavLink>
          )}
          <button
            type="button"
            data-stop
            popoverTarget={morePanelId}
            className={`relative ${iconClass}`}
          >
            <CircleUserRound aria-hidden className="size-5.5" />
            <span className="sr-only">{t("more")}</span>
            {requests.waiting !== null && (
              <WaitingCount count={requests.waiting} className="absolute end-0 top-0" />
            )}
          </button>
        </div>
      </div>
    </header>
  );
}
