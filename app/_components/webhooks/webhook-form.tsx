"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { addWebhookAction, changeWebhookAction } from "@/lib/webhooks/actions";
import type { WebhookView } from "@/lib/webhooks/schema";
import { SavingForm } from "../settings/saving-form";
import { CopyOnce } from "../ui/copy-once";
import { Field } from "../ui/field";
import { Switch } from "../ui/switch";

type Event = WebhookView["events"][number];

const events: readonly Event[] = ["movie.ready", "movie.failed"];

/** The fields of a form as an action takes them. */
function givenIn(form: FormData) {
  const chosen = events.filter((event) => form.get(event) === "on");
  return { url: String(form.get("url")).trim(), events: chosen };
}

interface WebhookFieldsProps {
  url?: string;
  chosen?: readonly Event[];
  errors: Record<string, string>;
}

function WebhookFields({ url, chosen = events, errors }: WebhookFieldsProps) {
  const t = useTranslations("webhooks");
  const errorId = useId();
  const eventsError = errors.events ?? errors["change.events"];
  return (
    <>
      <Field
        name="url"
        type="url"
        label={t("url")}
        hint={t("urlHint")}
        defaultValue={url}
        placeholder={t("urlExample")}
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        required
        error={errors.url ?? errors["change.url"]}
      />
      <fieldset aria-describedby={eventsError ? errorId : undefined}>
        <legend className="font-medium">{t("eventsLabel")}</legend>
        <div className="mt-1 grid divide-y divide-line">
          {events.map((event) => (
            <Switch
              key={event}
              name={event}
              defaultChecked={chosen.includes(event)}
              label={<span className="font-normal">{t(`event.${event}`)}</span>}
            />
          ))}
        </div>
        {eventsError && (
          <p id={errorId} role="alert" className="text-caption text-danger">
            {eventsError}
          </p>
        )}
      </fieldset>
    </>
  );
}

/** Adds a webhook, whose secret is shown this once. */
export function NewWebhook() {
  const t = useTranslations("webhooks");
  const [secret, setSecret] = useState<string>();
  return (
    <>
      <SavingForm
        action={async (form) => {
          const result = await addWebhookAction(givenIn(form));
          if (result.ok) setSecret(result.data.secret);
          return result;
        }}
        submit={t("add")}
        said={t("addedSaid")}
      >
        {(errors) => <WebhookFields errors={errors} />}
      </SavingForm>
      {secret && <CopyOnce label={t("secretLabel")} text={secret} hint={t("secretHint")} />}
    </>
  );
}

interface ChangeWebhookProps {
  webhook: Pick<WebhookView, "id" | "url" | "events">;
  onSaved: () => void;
}

/** Changes where a webhook goes and what it is told. */
export function ChangeWebhook({
  webhook: { id, url, events: chosen },
  onSaved,
}: ChangeWebhookProps) {
  const t = useTranslations("webhooks");
  return (
    <SavingForm
      action={async (form) => {
        const result = await changeWebhookAction({ id, change: givenIn(form) });
        if (result.ok) onSaved();
        return result;
      }}
      submit={t("save")}
      said={t("savedSaid")}
    >
      {(errors) => <WebhookFields url={url} chosen={chosen} errors={errors} />}
    </SavingForm>
  );
}
