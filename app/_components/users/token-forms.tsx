"use client";

import { Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { deleteTokenAction, makeTokenAction, updateTokenAction } from "@/lib/users/actions";
import type { TokenScope, TokenView } from "@/lib/users/schema";
import { SavingForm } from "../settings/saving-form";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CommandButton } from "../ui/command-button";
import { CopyOnce } from "../ui/copy-once";
import { Field } from "../ui/field";
import { PanelDialog } from "../ui/panel-dialog";
import { Select } from "../ui/select";

const lives = [30, 90, 365];
const scopes = ["read", "add", "admin"] as const;

const scopeIn = (form: FormData): TokenScope =>
  scopes.find((scope) => scope === form.get("scope")) ?? "read";

/** What a token may do, the least first. */
function ScopeSelect({ value, error }: { value: TokenScope; error: string | undefined }) {
  const t = useTranslations("tokens");
  return (
    <Select
      name="scope"
      label={t("scopeLabel")}
      hint={t("scopeHint")}
      defaultValue={value}
      error={error}
    >
      {scopes.map((scope) => (
        <option key={scope} value={scope}>
          {t(`scopeChoice.${scope}`)}
        </option>
      ))}
    </Select>
  );
}

/** Makes an API token, which is shown this once. */
export function TokenForm() {
  const t = useTranslations("tokens");
  const [token, setToken] = useState<string>();
  return (
    <>
      <SavingForm
        action={async (form) => {
          const days = Number(form.get("days")) || null;
          const name = String(form.get("name"));
          const result = await makeTokenAction({ name, scope: scopeIn(form), days });
          if (result.ok) setToken(result.data.token);
          return result;
        }}
        submit={t("make")}
        said={t("madeSaid")}
      >
        {(errors) => (
          <div className="grid items-start gap-5 sm:grid-cols-2">
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
            <ScopeSelect value="read" error={errors.scope} />
          </div>
        )}
      </SavingForm>
      {token && <CopyOnce label={t("tokenLabel")} text={token} hint={t("tokenHint")} />}
    </>
  );
}

interface TokenRowProps {
  token: Pick<TokenView, "id" | "name" | "scope">;
  children: ReactNode;
}

/** One token: what it is for, what it may do, and its end. */
export function TokenRow({ token, children }: TokenRowProps) {
  const t = useTranslations("tokens");
  const common = useTranslations("common");
  const [isChanging, setChanging] = useState(false);
  const { id, name, scope } = token;
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 truncate font-medium">
            <bdi>{name}</bdi>
          </span>
          <Badge tone={scope === "admin" ? "lamp" : "faint"}>{t(`scope.${scope}`)}</Badge>
        </p>
        <p className="flex flex-wrap gap-x-4 text-caption text-faint">{children}</p>
      </div>
      <Button
        square
        tone="quiet"
        aria-label={t("changeLabel", { name })}
        title={t("changeLabel", { name })}
        onClick={() => setChanging(true)}
      >
        <Pencil aria-hidden className="size-5" />
      </Button>
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
      <PanelDialog
        open={isChanging}
        onOpenChange={setChanging}
        title={t("changeTitle")}
        description={t("changeDescription")}
        closeLabel={common("cancel")}
      >
        <ChangeToken token={token} onSaved={() => setChanging(false)} />
      </PanelDialog>
    </li>
  );
}

interface ChangeTokenProps extends Pick<TokenRowProps, "token"> {
  onSaved: () => void;
}

/** Another name, or another scope; it stays the same token. */
function ChangeToken({ token: { id, name, scope }, onSaved }: ChangeTokenProps) {
  const t = useTranslations("tokens");
  return (
    <SavingForm
      action={async (form) => {
        const given = { name: String(form.get("name")), scope: scopeIn(form) };
        const result = await updateTokenAction({ id, ...given });
        if (result.ok) onSaved();
        return result;
      }}
      submit={t("save")}
      said={t("changedSaid")}
    >
      {(errors) => (
        <>
          <Field
            name="name"
            label={t("name")}
            defaultValue={name}
            maxLength={80}
            autoComplete="off"
            required
            error={errors.name}
          />
          <ScopeSelect value={scope} error={errors.scope} />
        </>
      )}
    </SavingForm>
  );
}
