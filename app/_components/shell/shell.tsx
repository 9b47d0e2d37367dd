import type { ReactNode } from "react";
import { currentUser } from "@/lib/auth/current-user";
import { words } from "@/lib/web/words";
import { BottomBar } from "./bottom-bar";
import { Keyboard } from "./keyboard";
import { MoreLinks } from "./more-links";
import { MorePanel } from "./more-panel";
import { TopBar } from "./top-bar";

/** What surrounds every page but the sign-in, the setup and the film itself. */
export async function Shell({ children }: { children: ReactNode }) {
  const [user, t] = await Promise.all([currentUser(), words("nav")]);
  const isAdmin = user?.role === "admin";
  return (
    <>
      <a
        href="#main"
        className="fixed start-4 top-2 z-50 -translate-y-20 rounded-lg bg-lamp px-4 py-2.5 font-semibold text-lamp-ink focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <TopBar isAdmin={isAdmin} />
      <main id="main" tabIndex={-1} className="pb-[calc(var(--bottom-bar)+3rem)] outline-none">
        {children}
      </main>
      <BottomBar isAdmin={isAdmin} />
      <MorePanel label={t("more")}>
        <MoreLinks isAdmin={isAdmin} username={user?.username ?? null} />
      </MorePanel>
      <Keyboard />
    </>
  );
}
