import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { InvitationForm } from "@/app/_components/welcome/invitation-form";
import { loadInvitation } from "@/lib/users/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("invitation");
  // The code stands in the address: it is not to travel on to another page's log.
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function InvitationPage({ params }: PageProps<"/invitation/[code]">) {
  const { code } = await params;
  const { isOpen } = await loadInvitation(code);
  const t = await words("invitation");
  if (!isOpen) {
    return (
      <>
        <PageHeading title={t("overTitle")} description={t("overDescription")} />
        <LinkButton href="/sign-in" tone="primary" className="sm:justify-self-start">
          {t("signIn")}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t("title")} description={t("description")} />
      <InvitationForm code={code} />
    </>
  );
}
