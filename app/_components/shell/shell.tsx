import type { ReactNode } from "react";
import type { RequestLinks } from "@/lib/requests/schema";
import { words } from "@/lib/web/words";
import { ReadyNews } from "../live/ready-news";
import { BottomBar } from "./bottom-bar";
import { Keyboard } from "./keyboard";
import { MoreLinks } from "./more-links";
import { MorePanel } from "./more-panel";
import { TellTimeZone } from "./tell-time-zone";
import { TopBar } from "./top-bar";

interface ShellProps {
  /** Who looks at it; null while nobody is signed in. */
  user: { username: string; isAdmin: boolean } | null;
  mayAdd: boolean;
  requests: RequestLinks;
  children: ReactNode;
}

/** What surrounds every page but the sign-in, the setup and the film itself. */
export async function Shell({ user, mayAdd, requests, children }: ShellProps) {
  const t = await words("nav");
  const isAdmin = user?.isAdmin ?? false;
  return (
    <>
      <a
        href="#main"
        className="fixed start-4 top-2 z-50 -translate-y-20 rounded-lg bg-lamp px-4 py-2.5 font-semibold text-lamp-ink focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <TopBar isAdmin={isAdmin} mayAdd={mayAdd} requests={requests} />
      <main id="main" tabIndex={-1} className="pb-[calc(var(--bottom-bar)+3rem)] outline-none">
        {children}
      </main>
      <BottomBar mayAdd={mayAdd} requests={requests} />
      <MorePanel label={t("more")}>
        <MoreLinks isAdmin={isAdmin} username={user?.username ?? null} requests={requests} />
      </MorePanel>
      <Keyboard />
      <TellTimeZone />
      {user && <ReadyNews />}
    </>
  );
}
