"use client";

import { CircleHelp, LogOut, Monitor, Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { endSessionAction, signOutEverywhereAction } from "@/lib/users/actions";
import { Badge } from "../ui/badge";
import { CommandButton } from "../ui/command-button";

interface SessionRowProps {
  id: string;
  device: string;
  /** Null where nobody knows. */
  form: "hand" | "desk" | null;
  isCurrent: boolean;
  children: ReactNode;
}

const icons = { hand: Smartphone, desk: Monitor };

/** A device on which the person is signed in. */
export function SessionRow({ id, device, form, isCurrent, children }: SessionRowProps) {
  const t = useTranslations("account");
  const Icon = form ? icons[form] : CircleHelp;
  return (
    <li className="flex items-center gap-3 py-3">
      <Icon aria-hidden className="size-5 shrink-0 self-start text-faint" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {device}
          {isCurrent && <Badge tone="lamp">{t("thisDevice")}</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-4 text-caption text-faint">{children}</p>
      </div>
      {!isCurrent && (
        <CommandButton
          tone="quiet"
          className="max-sm:w-11 max-sm:px-0"
          label={t("signOutDevice", { device })}
          command={() => endSessionAction({ id })}
          said={t("signedOutSaid", { device })}
        >
          <LogOut aria-hidden className="size-5 rtl:rotate-180" />
          <span className="max-sm:sr-only">{t("signOut")}</span>
        </CommandButton>
      )}
    </li>
  );
}

/** Ends every other session, and every link that was made for a player. */
export function SignOutEverywhere() {
  const t = useTranslations("account");
  return (
    <CommandButton
      className="justify-self-start"
      command={() => signOutEverywhereAction({})}
      said={t("signedOutEverywhereSaid")}
      ask={{
        title: t("signOutEverywhereTitle"),
        description: t("signOutEverywhereDescription"),
        confirm: t("signOutEverywhere"),
      }}
    >
      <LogOut aria-hidden className="size-5" />
      {t("signOutEverywhere")}
    </CommandButton>
  );
}
