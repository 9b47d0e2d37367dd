"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { deleteInvitationAction, inviteAction } from "@/lib/users/actions";
import { SavingForm } from "../settings/saving-form";
import { CommandButton } from "../ui/command-button";
import { CopyOnce } from "../ui/copy-once";
import { Select } from "../ui/select";

const days = [1, 7, 30];

/** Makes a link with which somebody makes their own account. */
export function InviteForm() {
  const t = useTranslations("people");
  const [link, setLink] = useState<string>();
  return (
    <>
      <SavingForm
        action={async (form) => {
          const role = form.get("role") === "admin" ? "admin" : "member";
          const result = await inviteAction({ role, days: Number(form.get("days")) });
          if (result.ok) setLink(new URL(result.data.path, window.location.origin).href);
          return result;
        }}
        submit={t("invite")}
        said={t("invitedSaid")}
      >
        {(errors) => (
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <Select name="role" label={t("roleLabel")} hint={t("roleHint")} error={errors.role}>
              <option value="member">{t("role.member")}</option>
              <option value="admin">{t("role.admin")}</option>
            </Select>
            <Select name="days" label={t("validFor")} defaultValue="7" error={errors.days}>
              {days.map((count) => (
                <option key={count} value={count}>
                  {t("days", { count })}
                </option>
              ))}
            </Select>
          </div>
        )}
      </SavingForm>
      {link && <CopyOnce label={t("linkLabel")} text={link} hint={t("linkHint")} />}
    </>
  );
}

interface OpenInvitationProps {
  id: string;
  role: string;
  /** Since when, and how long still. */
  until: ReactNode;
}

/** An invitation that nobody has used yet. */
export function OpenInvitation({ id, role, until }: OpenInvitationProps) {
  const t = useTranslations("people");
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 grow">
        <p className="font-medium">{t("invitationFor", { role: t(`role.${role}`) })}</p>
        <p className="flex flex-wrap gap-x-4 text-caption text-faint">{until}</p>
      </div>
      <CommandButton
        tone="quiet"
        className="-me-4"
        command={() => deleteInvitationAction({ id })}
        said={t("takenBackSaid")}
      >
        {t("takeBack")}
      </CommandButton>
    </li>
  );
}
