"use client";

import { Pencil, Send, Trash2 } from "lucide-react";
import { type ReactNode, useOptimistic, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import {
  changeWebhookAction,
  deleteWebhookAction,
  testWebhookAction,
} from "@/lib/webhooks/actions";
import type { WebhookView } from "@/lib/webhooks/schema";
import { Button } from "../ui/button";
import { CommandButton } from "../ui/command-button";
import { Disclosure } from "../ui/disclosure";
import { PanelDialog } from "../ui/panel-dialog";
import { Switch } from "../ui/switch";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { ChangeWebhook } from "./webhook-form";

interface WebhookRowProps {
  webhook: Omit<WebhookView, "deliveries">;
  /** What became of its last message. */
  last: ReactNode;
  /** Its last messages. */
  children: ReactNode;
}

/** A webhook in the list: whether it is told, what it was told lately, and what can be done. */
export function WebhookRow({ webhook, last, children }: WebhookRowProps) {
  const t = useTranslations("webhooks");
  const [isChanging, setChanging] = useState(false);
  const { id, url, events, offDetail } = webhook;
  const address = new URL(url).host;
  return (
    <li className="rounded-xl border border-line bg-surface p-4 sm:p-5">
      <Enabled webhook={webhook} address={address}>
        {offDetail ??
          (webhook.enabled ? events.map((event) => t(`event.${event}`)).join(" · ") : t("isOff"))}
      </Enabled>
      {last}
      <div className="-ms-4 mt-2 flex flex-wrap items-center sm:gap-1">
        <TestButton id={id} address={address} />
        <Button
          tone="quiet"
          aria-label={t("changeLabel", { address })}
          onClick={() => setChanging(true)}
        >
          <Pencil aria-hidden className="size-4 max-sm:hidden" />
          {t("change")}
        </Button>
        <CommandButton
          square
          tone="quiet"
          className="ms-auto"
          label={t("removeLabel", { address })}
          command={() => deleteWebhookAction({ id })}
          said={t("removedSaid", { address })}
          ask={{
            title: t("removeTitle", { address }),
            description: t("removeDescription"),
            confirm: t("remove"),
          }}
        >
          <Trash2 aria-hidden className="size-5" />
        </CommandButton>
      </div>
      <div className="mt-3">
        <Disclosure title={t("messagesTitle")}>{children}</Disclosure>
      </div>
      <PanelDialog
        open={isChanging}
        onOpenChange={setChanging}
        title={t("changeTitle")}
        description={t("changeDescription")}
        closeLabel={t("close")}
      >
        <ChangeWebhook webhook={webhook} onSaved={() => setChanging(false)} />
      </PanelDialog>
    </li>
  );
}

interface EnabledProps extends Pick<WebhookRowProps, "webhook"> {
  address: string;
  children: ReactNode;
}

function Enabled({ webhook: { id, url, enabled }, address, children }: EnabledProps) {
  const t = useTranslations("webhooks");
  const [shown, show] = useOptimistic(enabled);
  const [, startTransition] = useTransition();
  const { run } = useCommand();
  return (
    <Switch
      checked={shown}
      onCheckedChange={(next) =>
        startTransition(() => {
          show(next);
          run(
            () => changeWebhookAction({ id, change: { enabled: next } }),
            () => showToast({ message: t(next ? "onSaid" : "offSaid", { address }) }),
          );
        })
      }
      label={
        <bdi dir="ltr" className="line-clamp-2 break-all">
          {url}
        </bdi>
      }
      hint={children}
    />
  );
}

/** Sends a message at once and says what came of it. */
function TestButton({ id, address }: { id: string; address: string }) {
  const t = useTranslations("webhooks");
  const { pending, run } = useCommand();
  const send = () =>
    run(
      () => testWebhookAction({ id }),
      ({ delivered, answeredStatus, detail }) =>
        showToast(
          delivered
            ? { message: t("taken", { status: String(answeredStatus) }) }
            : { message: t("notTaken"), detail: detail ?? undefined, tone: "danger" },
        ),
    );
  return (
    <Button tone="quiet" pending={pending} aria-label={t("tryLabel", { address })} onClick={send}>
      <Send aria-hidden className="size-4 max-sm:hidden" />
      {t("tryOut")}
    </Button>
  );
}
