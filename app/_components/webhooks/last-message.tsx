import { CircleAlert, CircleCheck, Clock } from "lucide-react";
import { words } from "@/lib/web/words";
import type { DeliveryView } from "@/lib/webhooks/schema";
import { Moment } from "../words/moment";

const looks = {
  delivered: { icon: CircleCheck, tone: "text-lamp" },
  failed: { icon: CircleAlert, tone: "text-danger" },
  queued: { icon: Clock, tone: "text-faint" },
};

/** Whether a webhook works, by what became of the last message. */
export async function LastMessage({ delivery }: { delivery: DeliveryView | undefined }) {
  const t = await words("webhooks");
  if (!delivery) return <p className="text-caption text-faint">{t("lastNone")}</p>;
  const { icon: Icon, tone } = looks[delivery.status];
  return (
    <p className="flex items-center gap-2 text-caption">
      <Icon aria-hidden className={`size-4 shrink-0 ${tone}`} />
      <span>
        {t(`last.${delivery.status}`)}{" "}
        <span className="text-faint">
          <Moment at={delivery.attemptedAt ?? delivery.createdAt} />
        </span>
      </span>
    </p>
  );
}
