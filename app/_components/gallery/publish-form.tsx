"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { publishSourceAction, unpublishSourceAction } from "@/lib/galleries/actions";
import type { KeyChoice, PublishView } from "@/lib/galleries/schema";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { ConfirmDialog } from "../ui/dialog";
import { controlClass, describedBy, Field, FieldFrame } from "../ui/field";
import { Notice } from "../ui/notice";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { KeyChoices } from "./key-choices";

interface PublishFormProps {
  source: PublishView;
  /** Where it goes on when it is published. */
  next: string;
  aside: ReactNode;
}

function TextArea(props: { name: string; label: string; hint: string; value: string | null }) {
  const { name, label, hint, value } = props;
  return (
    <FieldFrame id={name} label={label} hint={hint}>
      <textarea
        id={name}
        name={name}
        rows={3}
        dir="auto"
        maxLength={1000}
        defaultValue={value ?? ""}
        aria-describedby={describedBy(name, hint, null)}
        className={controlClass}
      />
    </FieldFrame>
  );
}

/** What others are told of a source, and what of it they don't get. */
export function PublishForm({ source, next, aside }: PublishFormProps) {
  const t = useTranslations("gallery");
  const common = useTranslations("common");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const removal = useCommand();
  const [asking, setAsking] = useState(false);
  const [choices, setChoices] = useState<Record<string, KeyChoice>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { sourceId, name, digest, keys, isPublished } = source;

  function leave(message: string) {
    showToast({ message });
    router.push(next);
    router.refresh();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string) => String(form.get(field) ?? "");
    startTransition(async () => {
      const told = {
        ...{ description: text("description"), author: text("author") },
        legalNote: text("legalNote"),
      };
      const sent = { sourceId, digest, keys: choices, ...told };
      const outcome = await publishSourceAction(sent).catch(() => null);
      if (outcome?.ok) {
        leave(t("publish.said", { name }));
        return;
      }
      setErrors(outcome?.problem.errors ?? {});
      setFailure(outcome?.problem.detail ?? common("noAnswerDetail"));
    });
  }

  return (
    <Card>
      <form method="post" onSubmit={submit} className="grid grid-cols-1 gap-5">
        <p className="break-all text-faint">{t("asks", { host: source.host })}</p>
        <TextArea
          name="description"
          label={t("publish.about")}
          hint={t("publish.aboutHint")}
          value={source.description}
        />
        <Field
          name="author"
          label={t("publish.author")}
          hint={t("publish.authorHint")}
          defaultValue={source.author ?? ""}
          autoComplete="off"
          maxLength={200}
        />
        <TextArea
          name="legalNote"
          label={t("legal")}
          hint={t("publish.legalHint")}
          value={source.legalNote}
        />
        {keys.length > 0 && (
          <KeyChoices
            keys={keys}
            choices={choices}
            errors={errors}
            onChoose={(place, choice) => setChoices((all) => ({ ...all, [place]: choice }))}
          />
        )}
        {failure && (
          <Notice tone="danger" title={t("publish.failed")} live>
            {failure}
          </Notice>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" tone="primary" pending={pending} className="max-sm:grow">
            {isPublished ? t("publish.again") : t("publish.submit")}
          </Button>
          {aside}
          {isPublished && (
            <Button tone="danger" className="sm:ms-auto" onClick={() => setAsking(true)}>
              {t("publish.remove")}
            </Button>
          )}
        </div>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={t("publish.removeTitle", { name })}
          description={t("publish.removeDescription")}
          confirmLabel={t("publish.remove")}
          cancelLabel={common("cancel")}
          pending={removal.pending}
          onConfirm={() =>
            removal.run(
              () => unpublishSourceAction({ sourceId }),
              () => leave(t("publish.removed", { name })),
              { stay: false },
            )
          }
        />
      </form>
    </Card>
  );
}
