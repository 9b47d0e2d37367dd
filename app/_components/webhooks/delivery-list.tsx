import { words } from "@/lib/web/words";
import type { DeliveryView } from "@/lib/webhooks/schema";
import { Badge, type BadgeTone } from "../ui/badge";
import { Moment } from "../words/moment";

const tones: Record<DeliveryView["status"], BadgeTone> = {
  queued: "faint",
  delivered: "plain",
  failed: "danger",
};

/** What was sent to a webhook lately, and what came of it. */
export async function DeliveryList({ deliveries }: { deliveries: DeliveryView[] }) {
  const t = await words("webhooks");
  if (deliveries.length === 0) return <p className="text-caption text-faint">{t("noMessages")}</p>;
  return (
    <ul className="-my-2.5 divide-y divide-line">
      {deliveries.map(({ id, type, status, attempts, answeredStatus, detail, createdAt }) => (
        <li key={id} className="grid gap-1 py-2.5">
          <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span>{t(`event.${type}`)}</span>
            <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>
          </p>
          <p className="flex flex-wrap gap-x-4 text-caption text-faint">
            <Moment at={createdAt} />
            {attempts > 1 && <span>{t("tries", { count: attempts })}</span>}
            {answeredStatus !== null && detail === null && (
              <span>{t("answered", { status: String(answeredStatus) })}</span>
            )}
          </p>
          {detail && <p className="text-caption text-pretty text-faint">{detail}</p>}
        </li>
      ))}
    </ul>
  );
}
