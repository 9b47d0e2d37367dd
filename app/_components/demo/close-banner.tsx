"use client";

import { X } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { bannerCookieName } from "@/lib/demo/visit";

interface CloseBannerProps {
  /** What the banner is called. */
  label: string;
  /** What its button is called. */
  close: string;
  children: ReactNode;
}

/** A strip that can be closed until the browser is: the server then leaves it out from the start. */
export function CloseBanner({ label, close, children }: CloseBannerProps) {
  const [isOpen, setOpen] = useState(true);
  const path = usePathname();
  // While a film plays there is nothing but the film.
  if (!isOpen || path?.startsWith("/watch/")) return null;
  return (
    <aside
      aria-label={label}
      className="flex items-start gap-3 border-b border-line bg-surface ps-(--gutter) pe-1 text-caption sm:items-center sm:pe-[calc(var(--gutter)-0.75rem)]"
    >
      <div className="flex grow items-start gap-3 py-3 sm:items-center sm:py-2.5">{children}</div>
      <button
        type="button"
        aria-label={close}
        onClick={() => {
          // Without an age: it goes with the browser's session.
          // biome-ignore lint/suspicious/noDocumentCookie: Firefox and Safari lack the other way.
          document.cookie = `${bannerCookieName}=closed; path=/; samesite=lax`;
          setOpen(false);
        }}
        className="grid size-11 shrink-0 place-items-center rounded-lg text-faint transition-colors hover:text-text"
      >
        <X aria-hidden className="size-4.5" />
      </button>
    </aside>
  );
}
