"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import type { ButtonLook } from "./button-look";
import { ConfirmDialog } from "./dialog";
import { showToast } from "./toast";
import { type Outcome, useCommand } from "./use-command";

interface CommandButtonProps<Data> extends ButtonLook {
  command: () => Promise<Outcome<Data>>;
  /** Said in a toast when it is done; one that needs more than words is shown by whoever gives them. */
  said: string | ((data: Data) => string | null);
  /** Asked first, before what can't be taken back. */
  ask?: { title: string; description: string; confirm: string };
  /** The button's name where it only shows an icon. */
  label?: string;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}

/** Does one thing on the server, after a question where it needs one, and says that it did. */
export function CommandButton<Data>(props: CommandButtonProps<Data>) {
  const { command, said, ask, label, children, ...look } = props;
  const common = useTranslations("common");
  const { pending, run } = useCommand();
  const [asking, setAsking] = useState(false);

  const start = () =>
    run(command, (data) => {
      setAsking(false);
      const message = typeof said === "string" ? said : said(data);
      if (message !== null) showToast({ message });
    });

  return (
    <>
      <Button
        {...look}
        pending={pending && !asking}
        aria-label={label}
        title={label}
        onClick={ask ? () => setAsking(true) : start}
      >
        {children}
      </Button>
      {ask && (
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={ask.title}
          description={ask.description}
          confirmLabel={ask.confirm}
          cancelLabel={common("cancel")}
          pending={pending}
          onConfirm={start}
        />
      )}
    </>
  );
}
