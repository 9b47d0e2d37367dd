"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { takeBackRequestAction } from "@/lib/requests/actions";
import { CommandButton } from "../ui/command-button";

interface TakeBackProps {
  id: string;
  title: string;
  /** Nobody answered it yet, or the answer is still to come. */
  isOpen: boolean;
}

/** Takes a request back, or an answer out of the list. */
export function TakeBack({ id, title, isOpen }: TakeBackProps) {
  const t = useTranslations("requests");
  return (
    <CommandButton
      square
      tone="quiet"
      label={isOpen ? t("takeBackLabel", { title }) : t("removeLabel", { title })}
      command={() => takeBackRequestAction({ id })}
      said={isOpen ? t("takenBackSaid", { title }) : t("removedSaid")}
    >
      <X aria-hidden className="size-5" />
    </CommandButton>
  );
}
