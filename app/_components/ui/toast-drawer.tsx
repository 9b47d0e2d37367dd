"use client";

import Link from "next/link";
import { useEffect } from "react";
import { toast as draw, Toaster } from "sonner";
import { useTranslations } from "use-intl";
import { takeToasts } from "./toast";

const classNames = {
  toast: "panel flex w-full items-center gap-3 p-4 text-body text-text",
  content: "grow",
  title: "font-medium",
  description: "text-caption text-faint",
  actionButton: "h-11 shrink-0 rounded-lg px-3 font-semibold text-lamp hover:bg-line",
};

/** The part of toasts that needs sonner; default export because it is loaded lazily. */
export default function ToastDrawer() {
  const t = useTranslations("common");
  useEffect(
    () =>
      takeToasts(({ message, detail, tone, link, action }) => {
        const show = tone === "danger" ? draw.error : draw;
        show(message, {
          description: link ? (
            <>
              {detail}{" "}
              <Link href={link.href} prefetch={false} className="text-text underline">
                {link.label}
              </Link>
            </>
          ) : (
            detail
          ),
          duration: tone === "danger" || action ? 8000 : 4000,
          action: action && { label: action.label, onClick: action.run },
        });
      }),
    [],
  );
  return (
    <Toaster
      theme="dark"
      style={{ fontFamily: "inherit" }}
      position="bottom-center"
      offset={{ bottom: "calc(var(--bottom-bar) + 1rem)" }}
      mobileOffset={{ bottom: "calc(var(--bottom-bar) + 0.5rem)" }}
      containerAriaLabel={t("notifications")}
      toastOptions={{ unstyled: true, classNames }}
    />
  );
}
