"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** A list above the film, inside the player: on a full screen nothing else is seen. */
export function Sheet({
  container,
  title,
  description,
  onClose,
  children,
}: {
  container: HTMLElement;
  title: string;
  description: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("watch");
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal container={container}>
        <Dialog.Overlay className="watch-shade watch-own" />
        <Dialog.Content className="watch-sheet watch-own">
          <header className="flex items-start gap-3">
            <div className="grid min-w-0 grow gap-1">
              <Dialog.Title className="text-heading">{title}</Dialog.Title>
              <Dialog.Description className="text-caption text-faint">
                {description}
              </Dialog.Description>
            </div>
            <Dialog.Close className="watch-tool" aria-label={t("close")}>
              <X aria-hidden className="size-5" />
            </Dialog.Close>
          </header>
          <div className="min-h-0 overflow-y-auto">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
