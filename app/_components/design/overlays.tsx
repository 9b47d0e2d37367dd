"use client";

import { Bookmark, Ellipsis, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Menu, MenuItem } from "../ui/menu";
import { PanelDialog } from "../ui/panel-dialog";
import { showToast } from "../ui/toast";
import { TypedConfirm } from "../ui/typed-confirm";

/** What lies above the page: toasts, questions, panels and menus. */
export function Overlays() {
  const t = useTranslations("design");
  const [asking, setAsking] = useState(false);
  const [typing, setTyping] = useState(false);
  const [looking, setLooking] = useState(false);
  const say = () => showToast({ message: t("said") });
  return (
    <div className="flex flex-wrap gap-3">
      <Button onClick={say}>{t("toast.plain")}</Button>
      <Button
        onClick={() =>
          showToast({ message: t("said"), action: { label: t("toast.undo"), run: say } })
        }
      >
        {t("toast.action")}
      </Button>
      <Button
        onClick={() =>
          showToast({ message: t("sample.error"), detail: t("sample.body"), tone: "danger" })
        }
      >
        {t("toast.danger")}
      </Button>
      <Button onClick={() => setAsking(true)}>{t("question")}</Button>
      <Button onClick={() => setTyping(true)}>{t("typedQuestion")}</Button>
      <Button onClick={() => setLooking(true)}>{t("panel")}</Button>
      <Menu
        trigger={
          <Button>
            <Ellipsis aria-hidden className="size-5" />
            {t("menu")}
          </Button>
        }
      >
        <MenuItem icon={<Bookmark aria-hidden />} onSelect={say}>
          {t("state.usual")}
        </MenuItem>
        <MenuItem disabled onSelect={say}>
          {t("state.disabled")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setAsking(true)}>
          {t("delete")}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("askTitle")}
        description={t("askDescription")}
        confirmLabel={t("delete")}
        cancelLabel={t("keep")}
        onConfirm={() => setAsking(false)}
      />
      {typing && (
        <TypedConfirm
          open
          onOpenChange={setTyping}
          title={t("askTitle")}
          description={t("askDescription")}
          confirmLabel={t("delete")}
          word={t("sample.short")}
          pending={false}
          onConfirm={() => setTyping(false)}
        />
      )}
      <PanelDialog
        open={looking}
        onOpenChange={setLooking}
        title={t("panel")}
        description={t("sample.body")}
        closeLabel={t("keep")}
      >
        <Field label={t("state.usual")} />
        <p className="text-faint">{t("sample.long")}</p>
      </PanelDialog>
    </div>
  );
}
