"use client";

import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ConfirmDialog } from "../ui/dialog";
import { Field } from "../ui/field";

interface TypedConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  confirmLabel: string;
  /** What has to be typed, where it is not the word for deleting: how many things are meant. */
  typed?: string;
  /** Typed instead of the word it is taken as well: somebody may well type the title. */
  orTyped?: string;
  pending: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks before something goes for good: a word has to be typed. */
export function TypedConfirm(props: TypedConfirmProps) {
  const { typed: asked, orTyped, onConfirm, children, ...dialog } = props;
  const t = useTranslations("bin");
  const common = useTranslations("common");
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const word = asked ?? t("word");
  const low = (text: string) => text.trim().toLocaleLowerCase(locale);
  const isTyped = [word, orTyped ?? word].some((wanted) => low(wanted) === low(typed));
  const confirm = () => {
    if (isTyped && !dialog.pending) onConfirm();
  };
  return (
    <ConfirmDialog
      {...dialog}
      cancelLabel={common("cancel")}
      confirmDisabled={!isTyped}
      onConfirm={confirm}
    >
      {children}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Field
          label={t("typed", { word })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="done"
        />
      </form>
    </ConfirmDialog>
  );
}
