"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { changeNetworkAction } from "@/lib/settings/actions";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { SavingForm } from "./saving-form";

interface NetworkFormProps {
  port: number | null;
  interfaceName: string | null;
  /** Those that this machine has now. */
  interfaces: readonly string[];
}

/** As lib/settings/transfer-form.ts knows it: no interface is called so. */
const other = "*";

/** By which port and network interface Vigilio's own qBittorrent speaks to others. */
export function NetworkForm({ port, interfaceName, interfaces }: NetworkFormProps) {
  const t = useTranslations("settingsForm");
  const isGone = interfaceName !== null && !interfaces.includes(interfaceName);
  const [chosen, setChosen] = useState(interfaceName ?? "");
  return (
    <SavingForm action={changeNetworkAction} submit={t("save")} said={t("networkSaved")}>
      {(errors) => (
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Select
            name="bittorrentInterface"
            label={t("interface")}
            hint={t("interfaceHint")}
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
            error={chosen === other ? undefined : errors.bittorrentInterface}
          >
            <option value="">{t("anyInterface")}</option>
            {isGone && (
              <option value={interfaceName}>{t("interfaceIsGone", { name: interfaceName })}</option>
            )}
            {interfaces.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            <option value={other}>{t("otherInterface")}</option>
          </Select>
          {chosen === other && (
            <Field
              name="otherInterface"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              label={t("interfaceName")}
              hint={t("interfaceNameHint")}
              error={errors.bittorrentInterface}
            />
          )}
          <Field
            name="bittorrentPort"
            inputMode="numeric"
            autoComplete="off"
            label={t("port")}
            hint={t("portHint")}
            defaultValue={port ?? ""}
            error={errors.bittorrentPort}
          />
        </div>
      )}
    </SavingForm>
  );
}
