import { SectionCard } from "@/app/_components/settings/section-card";
import { DeliveryList } from "@/app/_components/webhooks/delivery-list";
import { NewWebhook } from "@/app/_components/webhooks/webhook-form";
import { WebhookRow } from "@/app/_components/webhooks/webhook-row";
import { words } from "@/lib/web/words";
import { loadWebhooks } from "@/lib/webhooks/loaders";

/** Addresses that are told what happens to movies. */
export async function WebhooksSection() {
  const [webhooks, t] = await Promise.all([loadWebhooks(), words("webhooks")]);
  return (
    <>
      {webhooks.length > 0 && (
        <ul className="grid grid-cols-1 gap-3">
          {webhooks.map(({ deliveries, ...webhook }) => (
            <WebhookRow key={webhook.id} webhook={webhook}>
              <DeliveryList deliveries={deliveries} />
            </WebhookRow>
          ))}
        </ul>
      )}
      <SectionCard title={t("newTitle")}>
        <NewWebhook />
      </SectionCard>
    </>
  );
}
