import { SectionCard } from "@/app/_components/settings/section-card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Disclosure } from "@/app/_components/ui/disclosure";
import { DeliveryList } from "@/app/_components/webhooks/delivery-list";
import { exampleMessage } from "@/app/_components/webhooks/example-message";
import { LastMessage } from "@/app/_components/webhooks/last-message";
import { NewWebhook } from "@/app/_components/webhooks/webhook-form";
import { WebhookRow } from "@/app/_components/webhooks/webhook-row";
import { words } from "@/lib/web/words";
import { loadWebhooks } from "@/lib/webhooks/loaders";

const example = JSON.stringify(exampleMessage, null, 2);

/** Addresses that are told what happens to movies, and what they get. */
export async function WebhooksSection() {
  const [webhooks, t] = await Promise.all([loadWebhooks(), words("webhooks")]);
  return (
    <>
      {webhooks.length > 0 && (
        <ul className="grid grid-cols-1 gap-3">
          {webhooks.map(({ deliveries, ...webhook }) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              last={<LastMessage delivery={deliveries[0]} />}
            >
              <DeliveryList deliveries={deliveries} />
            </WebhookRow>
          ))}
        </ul>
      )}
      <SectionCard title={t("newTitle")} description={t("newDescription")}>
        <NewWebhook />
      </SectionCard>
      <Disclosure title={t("exampleTitle")}>
        <div className="grid grid-cols-1 gap-3">
          <p className="text-caption text-pretty text-faint">{t("exampleDescription")}</p>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
            tabIndex={0}
            dir="ltr"
            className="overflow-auto rounded-lg bg-surface p-3 text-caption select-all"
          >
            {example}
          </pre>
          <div>
            <CopyButton text={example} label={t("copyExample")} />
          </div>
        </div>
      </Disclosure>
    </>
  );
}
