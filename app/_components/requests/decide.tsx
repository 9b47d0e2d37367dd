"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { approveRequestAction, declineRequestAction } from "@/lib/requests/actions";
import { SavingForm } from "../settings/saving-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { PanelDialog } from "../ui/panel-dialog";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface DecideProps {
  id: string;
  title: string;
}

/** Says yes with one press: it is added, or the page opens on which it is found. */
export function ApproveButton({
  id,
  title,
  isSecond = false,
}: DecideProps & { isSecond?: boolean }) {
  const t = useTranslations("requests");
  const router = useRouter();
  const { pending, run } = useCommand();
  const approve = () =>
    run(
      () => approveRequestAction({ id }),
      ({ movieId, addPath }) => {
        if (addPath !== null) {
          showToast({ message: t("approvedFind", { title }) });
          router.push(addPath);
          return;
        }
        showToast({
          message: t("approvedSaid", { title }),
          action: { label: t("open"), run: () => router.push(`/movies/${movieId}`) },
        });
        router.refresh();
      },
      { stay: false },
    );
  return (
    <Button
      tone={isSecond ? "quiet" : "primary"}
      pending={pending}
      aria-label={t("approveLabel", { title })}
      onClick={approve}
    >
      <Check aria-hidden className="size-5" />
      {t("approve")}
    </Button>
  );
}

/** Says no, after asking for a sentence that may be left out. */
export function DeclineButton({ id, title }: DecideProps) {
  const t = useTranslations("requests");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button aria-label={t("declineLabel", { title })} onClick={() => setOpen(true)}>
        {t("decline")}
      </Button>
      <PanelDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("declineTitle", { title })}
        description={t("declineDescription")}
        closeLabel={common("cancel")}
      >
        <SavingForm
          action={async (form) => {
            const because = String(form.get("because") ?? "");
            const result = await declineRequestAction({ id, because });
            if (result.ok) setOpen(false);
            return result;
          }}
          submit={t("decline")}
          said={t("declinedSaid", { title })}
          aside={<Button onClick={() => setOpen(false)}>{common("cancel")}</Button>}
        >
          {(errors) => (
            <Field
              name="because"
              label={t("because")}
              hint={t("becauseHint")}
              maxLength={300}
              autoComplete="off"
              dir="auto"
              error={errors.because}
            />
          )}
        </SavingForm>
      </PanelDialog>
    </>
  );
}
