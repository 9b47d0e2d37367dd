import {
  Captions,
  ChevronLeft,
  ChevronRight,
  Clapperboard,
  DatabaseBackup,
  Download,
  Film,
  FolderPlus,
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
  { name: "folders", href: "/manage/settings/folders", icon: FolderPlus },
  { name: "people", href: "/manage/users", icon: UsersRound },
  { name: "tokens", href: "/manage/settings/tokens", icon: KeyRound },
  { name: "webhooks", href: "/manage/settings/webhooks", icon: Webhook },
  { name: "backups", href: "/manage/settings/backups", icon: DatabaseBackup },
  { name: "server", href: "/manage/settings/server", icon: Server },
  { name: "account", href: "/account", icon: UserRound },
] as const satisfies { name: string; href: string; icon: LucideIcon }[];

/** Entries with which something new begins, and what: twelve in one heap are not looked through. */
const groups: Partial<Record<string, "films" | "people" | "server" | "self">> = {
  metadata: "films",
  people: "people",
  backups: "server",
  account: "self",
};

type Entry = (typeof entries)[number];

/** The entries in their groups; those before the first one stand above all. */
function grouped(): { name: string | null; entries: Entry[] }[] {
  const found: { name: string | null; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const name = groups[entry.name] ?? null;
    const last = found.at(-1);
    if (last && !name) last.entries.push(entry);
    else found.push({ name, entries: [entry] });
  }
  return found;
}

interface SettingsFrameProps {
  title: string;
  description?: ReactNode;
  /** The list itself: on a phone nothing else is shown. */
  isIndex?: boolean;
  /** Said of sections in place of what they are for: something is wrong there. */
  troubles?: Readonly<Record<string, string>>;
  /** The page that this one belongs to, where that is not the list of sections. */
  back?: { href: string; label: string };
  children: ReactNode;
}

/** Sections on the left, the one that is open beside them; on a phone one after the other. */
export async function SettingsFrame(props: SettingsFrameProps) {
  const { title, description, isIndex = false, troubles = {}, back, children } = props;
  const t = await words("settings");
  return (
    <div className="gutter mx-auto grid max-w-6xl grid-cols-1 gap-x-12 gap-y-6 pt-6 md:grid-cols-[13rem_minmax(0,42rem)] md:justify-center md:pt-10">
      <nav aria-label={t("title")} className={isIndex ? "" : "hidden md:block"}>
        {isIndex && (
          <h1 className="mb-4 text-title md:hidden" id="settings">
            {t("title")}
          </h1>
        )}
        <div data-row className="grid gap-5 md:sticky md:top-24 md:gap-2">
          {grouped().map((group) => (
            <div
              key={group.name}
              className="md:not-first:border-t md:not-first:border-line md:not-first:pt-2"
            >
              {group.name && (
                <p
                  id={`settings-${group.name}`}
                  className="px-1 pb-2 font-medium text-faint md:sr-only"
                >
                  {t(`group.${group.name}`)}
                </p>
              )}
              <ul
                aria-labelledby={group.name ? `settings-${group.name}` : undefined}
                className="max-md:divide-y max-md:divide-line max-md:overflow-hidden max-md:rounded-xl max-md:border max-md:border-line max-md:bg-surface md:grid md:gap-0.5"
              >
                {group.entries.map(({ name, href, icon: Icon }) => (
                  <li key={name}>
                    <NavLink
                      href={href}
                      className={`group flex min-h-11 items-center gap-3 px-3 py-2 transition-colors hover:bg-raised aria-[current=page]:bg-raised aria-[current=page]:font-semibold max-md:-outline-offset-2 md:rounded-lg ${
                        // On a desk the list opens with its first section beside it.
                        isIndex && name === entries[0].name ? "md:bg-raised md:font-semibold" : ""
                      }`}
                    >
                      <Icon
                        aria-hidden
                        className="size-5 shrink-0 text-faint group-aria-[current=page]:text-lamp"
                      />
                      <span className="grid">
                        {t(`section.${name}`)}
                        <span
                          className={`text-caption md:hidden ${troubles[name] ? "text-danger" : "text-faint"}`}
                        >
                          {troubles[name] ?? t(`sectionHint.${name}`)}
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
            </div>
          ))}
        </div>
      </nav>
      <div className={`grid grid-cols-1 content-start gap-6 ${isIndex ? "max-md:hidden" : ""}`}>
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
