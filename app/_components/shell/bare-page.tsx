import type { ReactNode } from "react";
import { words } from "@/lib/web/words";
import { Mark } from "./mark";

/** A page without bars that says one thing, in the middle of what is to be seen. */
export async function BarePage({ children }: { children: ReactNode }) {
  const t = await words("app");
  return (
    <main className="gutter grid min-h-dvh grid-rows-[auto_1fr] pt-6 pb-[12vh]">
      {/* Not by the router: a page that is kept for no connection has nothing behind it. */}
      <a
        href="/"
        className="flex min-h-11 items-center gap-2.5 justify-self-start rounded-lg text-heading"
      >
        <Mark className="size-7" />
        {t("name")}
      </a>
      <div className="self-center">{children}</div>
    </main>
  );
}
