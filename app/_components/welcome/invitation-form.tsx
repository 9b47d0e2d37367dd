"use client";

import { useTranslations } from "use-intl";
import { LinkButton } from "@/app/_components/ui/link-button";
import { acceptInvitationAction } from "@/lib/users/actions";
import { ActionForm } from "./action-form";
import { NewAccountFields } from "./new-account-fields";

/** Makes the account that an invitation is for. */
export function InvitationForm({ code }: { code: string }) {
  const t = useTranslations("invitation");
  return (
    <ActionForm
      action={acceptInvitationAction}
      submit={t("submit")}
      aside={
        <LinkButton tone="quiet" href="/sign-in">
          {t("haveAccount")}
        </LinkButton>
      }
    >
      {({ errors, sent }) => (
        <>
          <input type="hidden" name="code" value={code} />
          <NewAccountFields errors={errors} sent={sent} />
        </>
      )}
    </ActionForm>
  );
}
