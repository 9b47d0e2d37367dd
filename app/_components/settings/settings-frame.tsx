import {
  Captions,
  ChevronLeft,
  ChevronRight,
  Clapperboard,
  DatabaseBackup,
  Download,
  Film,
  HeartPulse,
  KeyRound,
  type LucideIcon,
  Search,
  Server,
  UserRound,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { ReactNode } from "react";
import { words } from "@/lib/web/words";
import { NavLink } from "../shell/nav-link";
import { LinkButton } from "../ui/link-button";
import { PageHeading } from "../ui/page-heading";

const entries = [
  { name: "checks", href: "/manage/check", icon: HeartPulse },
  { name: "metadata", href: "/manage/settings/metadata", icon: Clapperboard },
  { name: "subtitles", href: "/manage/settings/subtitles", icon: Captions },
  { name: "conversion", href: "/manage/settings/conversion", icon: Film },
  { name: "sources", href: "/manage/sources", icon: Search },
  { name: "downloads", href: "/manage/settings/downloads", icon: Download },
  { name: "people", href: "/manage/users", icon: UsersRound },
  { name: "tokens", href: "/manage/settings/tokens", icon: KeyRound },
  { name: "webhooks", href: "/manage/settings/webhooks", icon: Webhook },
  { name: "backups", href: "/manage/settings/backups", icon: DatabaseBackup },
  { name: "server", href: "/manage/settings/server", icon: Server },
  { name: "account", href: "/account", icon: UserRound },
] as const satisfies { name: string; href: string; icon: LucideIcon }[];

interface SettingsFrameProps {
  title: string;
  description?: string;
  /** The list itself: on a phone nothing else is shown. */
  isIndex?: boolean;
  /** The page that this one belongs to, where that is not the list of sections. */
  back?: { href: string; label: string };
  children: ReactNode;
}

/** Sections on the left, the one that is open beside them; on a phone one after the other. */
export async function SettingsFrame(props: SettingsFrameProps) {
  const { title, description, isIndex = false, back, children } = props;
  const t = await words("settings");
  return (
    <div className="gutter mx-auto grid max-w-6xl grid-cols-1 gap-x-12 gap-y-6 pt-6 md:grid-cols-[13rem_minmax(0,1fr)] md:pt-10">
      <nav aria-label={t("title")} className={isIndex ? "" : "hidden md:block"}>
        {isIndex && (
          <h1 className="mb-4 text-title md:hidden" id="settings">
            {t("title")}
          </h1>
        )}
        <ul data-row className="grid gap-2 md:sticky md:top-24 md:gap-1">
          {entries.map(({ name, href, icon: Icon }) => (
            <li key={name}>
              <NavLink
                href={href}
                className={`flex min-h-11 items-center gap-3 rounded-lg px-3 py-2 transition-colors hover:bg-raised aria-[current=page]:bg-raised aria-[current=page]:font-semibold max-md:border max-md:border-line max-md:bg-surface max-md:py-3 ${
                  // On a desk the list opens with its first section beside it.
                  isIndex && name === entries[0].name ? "md:bg-raised md:font-semibold" : ""
                }`}
              >
                <Icon aria-hidden className="size-5 shrink-0 text-lamp" />
                <span className="grid">
                  {t(`section.${name}`)}
                  <span className="text-caption text-faint md:hidden">
                    {t(`sectionHint.${name}`)}
                  </span>
                </span>
                <ChevronRight
                  aria-hidden
                  className="ms-auto size-5 shrink-0 text-faint md:hidden rtl:rotate-180"
                />
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div
        className={`grid max-w-2xl grid-cols-1 content-start gap-6 ${isIndex ? "max-md:hidden" : ""}`}
      >
        {!isIndex && (
          <LinkButton
            href={back?.href ?? "/manage/settings"}
            tone="quiet"
            className={`-ms-3 -mt-3 -mb-4 justify-self-start ${back ? "" : "md:hidden"}`}
          >
            <ChevronLeft aria-hidden className="size-5 rtl:rotate-180" />
            {back?.label ?? t("title")}
          </LinkButton>
        )}
        <PageHeading title={title} description={description} />
        {children}
      </div>
    </div>
  );
}
