"use client";

import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { Field } from "../ui/field";

/** Where a setting comes from, as far as its field has to know. */
export interface SettingState {
  /** The variable of the environment that owns it: then it can't be edited here. */
  variable: string | null;
  /** For a secret: whether there is one. */
  isSet: boolean;
}

type SettingFieldProps = ComponentProps<typeof Field> & {
  name: string;
  state: SettingState;
  /** Never shown; an empty field keeps what is saved. */
  secret?: boolean;
};

/** The field of one setting: locked where the environment decides, blank where it is a secret. */
export function SettingField({ state, secret, hint, ...field }: SettingFieldProps) {
  const t = useTranslations("settingsForm");
  const kept = secret && state.isSet ? t("secretIsSet") : undefined;
  return (
    <Field
      {...field}
      type={secret ? "password" : field.type}
      autoComplete={secret ? "new-password" : "off"}
      autoCapitalize="none"
      spellCheck={false}
      disabled={state.variable !== null}
      placeholder={secret && state.isSet ? t("secretPlaceholder") : field.placeholder}
      hint={state.variable ? t("owned", { variable: state.variable }) : (kept ?? hint)}
    />
  );
}
