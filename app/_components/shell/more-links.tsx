import {
  Clapperboard,
  Download,
  FolderPlus,
  HardDrive,
  History,
  Inbox,
  LibraryBig,
  LifeBuoy,
  ListChecks,
  LogOut,
  Settings,
  Trash2,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import type { RequestLinks } from "@/lib/requests/schema";
import { words } from "@/lib/web/words";
import { WaitingCount } from "../requests/waiting-count";
import { SignOutButton } from "../welcome/sign-out-button";
import { NavLink } from "./nav-link";

const linkClass =
  "flex min-h-11 items-center gap-3 rounded-lg px-3 transition-colors hover:bg-line aria-[current=page]:text-lamp [&_svg]:size-5 [&_svg]:shrink-0";

interface MoreLinksProps {
  isAdmin: boolean;
  /** Null while nobody is signed in. */
  username: string | null;
  requests: RequestLinks;
}

/** What lies in the panel: pages that are not needed every day, and the person's own. */
export async function MoreLinks({ isAdmin, username, requests }: MoreLinksProps) {
  const t = await words("nav");
  const item = (href: string, icon: ReactNode, label: ReactNode, className?: string) => (
    <li className={className}>
      <NavLink href={href} className={linkClass}>
        {icon}
        {label}
      </NavLink>
    </li>
  );
  return (
    <>
      {username && (
        <p className="truncate px-3 pt-1 pb-2 text-caption text-faint" dir="auto">
          {t("signedInAs", { username })}
        </p>
      )}
      <ul data-row>
        {/* On a desk it stands in the bar. */}
        {item("/movies", <Clapperboard aria-hidden />, t("movies"), "md:hidden")}
        {requests.waiting !== null &&
          item(
            "/manage/requests",
            <Inbox aria-hidden />,
            <>
              {t("requests")}
              <WaitingCount count={requests.waiting} className="ms-auto" />
            </>,
          )}
        {requests.hasOwn && item("/requests", <Inbox aria-hidden />, t("ownRequests"))}
        {isAdmin && item("/manage/downloads", <Download aria-hidden />, t("downloads"))}
        {isAdmin && item("/manage/jobs", <ListChecks aria-hidden />, t("jobs"))}
        {isAdmin && item("/manage/movies", <LibraryBig aria-hidden />, t("library"))}
        {isAdmin && item("/manage/storage", <HardDrive aria-hidden />, t("storage"))}
        {isAdmin && item("/manage/import", <FolderPlus aria-hidden />, t("importFolder"))}
        {isAdmin && item("/manage/bin", <Trash2 aria-hidden />, t("bin"))}
        {username && (
          <>
            {item("/history", <History aria-hidden />, t("history"))}
            {isAdmin && item("/manage/settings", <Settings aria-hidden />, t("settings"))}
            {item("/account", <UserRound aria-hidden />, t("account"))}
            {item("/help", <LifeBuoy aria-hidden />, t("help"))}
            <li>
              <SignOutButton className={`${linkClass} w-full text-start`}>
                <LogOut aria-hidden />
                {t("signOut")}
              </SignOutButton>
            </li>
          </>
        )}
      </ul>
    </>
  );
}
