"use client";

import { LogOut, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { endSessionAction, signOutEverywhereAction } from "@/lib/users/actions";
import { Badge } from "../ui/badge";
import { CommandButton } from "../ui/command-button";

interface SessionRowProps {
  id: string;
  device: string;
  isCurrent: boolean;
  children: ReactNode;
}

/** A device on which the person is signed in. */
export function SessionRow({ id, device, isCurrent, children }: SessionRowProps) {
  const t = useTranslations("account");
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {device}
          {isCurrent && <Badge tone="lamp">{t("thisDevice")}</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-4 text-caption text-faint">{children}</p>
      </div>
      {!isCurrent && (
        <CommandButton
          square
          tone="quiet"
          label={t("signOutDevice", { device })}
          command={() => endSessionAction({ id })}
          said={t("signedOutSaid", { device })}
        >
          <X aria-hidden className="size-5" />
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
