"use client";

import { Bookmark, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import type { ButtonTone } from "../ui/button-look";
import { ChoiceOrder } from "../ui/choice-order";
import { CommandButton } from "../ui/command-button";
import { CopyOnce } from "../ui/copy-once";
import { Field } from "../ui/field";
import { FileDrop } from "../ui/file-drop";
import { PasswordField } from "../ui/password-field";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { State } from "./section";

const tones: ButtonTone[] = ["primary", "plain", "quiet", "danger"];
/** As tokens and invitations look. */
const exampleCode = "a1b2c3d4e5f60718";
const grid = "grid grid-cols-1 items-start gap-5 sm:grid-cols-2 lg:grid-cols-3";

const letters = ["a", "b", "c"].map((code) => ({ code, name: code.toUpperCase() }));

/** Every button, in every state. */
export function Buttons() {
  const t = useTranslations("design");
  return (
    <div className="grid grid-cols-1 gap-5">
      {tones.map((tone) => (
        <State key={tone} name={t(`tone.${tone}`)}>
          <div className="flex flex-wrap gap-3">
            <Button tone={tone}>{t("state.usual")}</Button>
            <Button tone={tone}>
              <Play aria-hidden className="size-5" />
              {t("state.icon")}
            </Button>
            <Button tone={tone} disabled>
              {t("state.disabled")}
            </Button>
            <Button tone={tone} pending>
              {t("state.pending")}
            </Button>
            <Button tone={tone} square aria-label={t("state.square")}>
              <Bookmark aria-hidden className="size-5" />
            </Button>
            <span className="rounded-lg outline-2 outline-offset-3 outline-lamp">
              <Button tone={tone}>{t("state.focus")}</Button>
            </span>
          </div>
        </State>
      ))}
      <State name={t("asks")}>
        <CommandButton
          tone="danger"
          command={async () => ({ ok: true, data: null })}
          said={t("said")}
          ask={{ title: t("askTitle"), description: t("askDescription"), confirm: t("delete") }}
        >
          <Trash2 aria-hidden className="size-5" />
          {t("delete")}
        </CommandButton>
      </State>
    </div>
  );
}

/** Fields, selects, switches and the zone for files. */
export function Fields() {
  const t = useTranslations("design");
  const [file, setFile] = useState<File | null>(null);
  const [order, setOrder] = useState(["a", "b"]);
  const choices = (
    <>
      <option value="a">{t("sample.short")}</option>
      <option value="b">{t("sample.long")}</option>
    </>
  );
  const drop = { accept: ".torrent", removeLabel: t("delete"), onFile: setFile };
  return (
    <div className={grid}>
      <Field label={t("state.usual")} placeholder={t("sample.short")} />
      <Field label={t("state.hint")} hint={t("sample.body")} />
      <Field label={t("state.error")} defaultValue={t("sample.short")} error={t("sample.error")} />
      <Field label={t("state.disabled")} defaultValue={t("sample.short")} disabled />
      <Field label={t("sample.long")} defaultValue={t("sample.long")} />
      <Select label={t("state.usual")}>{choices}</Select>
      <Select label={t("state.error")} error={t("sample.error")} defaultValue="b">
        {choices}
      </Select>
      <Select label={t("state.disabled")} disabled>
        {choices}
      </Select>
      <div>
        <Switch label={t("state.on")} defaultChecked />
        <Switch label={t("state.off")} hint={t("sample.body")} />
        <Switch label={t("state.disabled")} disabled />
      </div>
      <FileDrop
        {...drop}
        id="design-file"
        name="file"
        label={t("state.usual")}
        hint={t("fileHint")}
        file={file}
      />
      <FileDrop
        {...drop}
        id="design-file-error"
        name="file"
        label={t("state.error")}
        hint={t("fileHint")}
        error={t("sample.error")}
        file={null}
      />
      <PasswordField label={t("state.password")} defaultValue={exampleCode} autoComplete="off" />
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" defaultChecked className="size-6" />
        {t("sample.short")}
      </label>
      <ChoiceOrder
        label={t("order")}
        choices={letters}
        chosen={order}
        most={letters.length}
        none={t("sample.body")}
        addLabel={t("sample.short")}
        onChange={setOrder}
      />
      <CopyOnce label={t("copyLabel")} text={exampleCode} hint={t("sample.body")} />
    </div>
  );
}
