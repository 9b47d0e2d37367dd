"use client";

import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { deleteTokenAction, makeTokenAction } from "@/lib/users/actions";
import { SavingForm } from "../settings/saving-form";
import { CommandButton } from "../ui/command-button";
import { CopyOnce } from "../ui/copy-once";
import { Field } from "../ui/field";
import { Select } from "../ui/select";

const lives = [30, 90, 365];

/** Makes an API token, which is shown this once. */
export function TokenForm() {
  const t = useTranslations("tokens");
  const [token, setToken] = useState<string>();
  return (
    <>
      <SavingForm
        action={async (form) => {
          const days = Number(form.get("days")) || null;
          const result = await makeTokenAction({ name: String(form.get("name")), days });
          if (result.ok) setToken(result.data.token);
          return result;
        }}
        submit={t("make")}
        said={t("madeSaid")}
      >
        {(errors) => (
          <div className="grid gap-5 sm:grid-cols-2">
            <Field
              name="name"
              label={t("name")}
              hint={t("nameHint")}
              maxLength={80}
              autoComplete="off"
              required
              error={errors.name}
            />
            <Select name="days" label={t("validFor")} defaultValue="365" error={errors.days}>
              {lives.map((count) => (
                <option key={count} value={count}>
                  {t("days", { count })}
                </option>
              ))}
              <option value="">{t("forever")}</option>
            </Select>
          </div>
        )}
      </SavingForm>
      {token && <CopyOnce label={t("tokenLabel")} text={token} hint={t("tokenHint")} />}
    </>
  );
}

interface TokenRowProps {
  id: string;
  name: string;
  children: ReactNode;
}

/** One token: what it is for, and its end. */
export function TokenRow({ id, name, children }: TokenRowProps) {
  const t = useTranslations("tokens");
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 grow">
        <p className="truncate font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="flex flex-wrap gap-x-4 text-caption text-faint">{children}</p>
      </div>
      <CommandButton
        square
        tone="quiet"
        label={t("removeLabel", { name })}
        command={() => deleteTokenAction({ id })}
        said={t("removedSaid", { name })}
        ask={{
          title: t("removeTitle", { name }),
          description: t("removeDescription"),
          confirm: t("remove"),
        }}
      >
        <Trash2 aria-hidden className="size-5" />
      </CommandButton>
    </li>
  );
}
