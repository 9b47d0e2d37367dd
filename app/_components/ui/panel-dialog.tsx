"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

interface PanelDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What it is for, in a sentence; read out when it opens. */
  description: ReactNode;
  closeLabel: string;
  children: ReactNode;
}

/** Something to look through or fill in, above the page: a sheet on a phone, a window on a desk. */
export function PanelDialog(props: PanelDialogProps) {
  const { open, onOpenChange, title, description, closeLabel, children } = props;
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/80 backdrop-blur-[2px]" />
        <Dialog.Content className="panel fixed inset-x-2 bottom-2 z-50 mx-auto flex max-h-[90dvh] max-w-xl flex-col overflow-hidden sm:inset-x-4 md:top-1/2 md:bottom-auto md:-translate-y-1/2">
          <header className="flex items-start gap-3 p-5 pb-3">
            <div className="grid min-w-0 grow gap-1">
              <Dialog.Title className="text-heading">{title}</Dialog.Title>
              <Dialog.Description className="text-caption text-faint">
                {description}
              </Dialog.Description>
            </div>
            <Dialog.Close asChild>
              <Button square tone="quiet" aria-label={closeLabel} className="-me-2 -mt-2">
                <X aria-hidden className="size-5" />
              </Button>
            </Dialog.Close>
          </header>
          <div className="grid grid-cols-1 gap-4 overflow-y-auto p-5 pt-1">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
