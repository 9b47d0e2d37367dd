import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { ResetForm } from "@/app/_components/welcome/reset-form";
import { loadResetLink } from "@/lib/users/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("resetLink");
  // The code stands in the address: it is not to travel on to another page's log.
  return { title: t("title"), referrer: "no-referrer" };
}

/** Where somebody who lost their password chooses another. */
export default async function ResetPage({ params }: PageProps<"/reset/[code]">) {
  const { code } = await params;
  const [{ state, username }, t] = await Promise.all([loadResetLink(code), words("resetLink")]);
  if (state !== "open" || username === null) {
    return (
      <>
        <PageHeading title={t("overTitle")} description={t(`over.${state}`)} />
        <LinkButton href="/sign-in" tone="primary" className="sm:justify-self-start">
          {t("signIn")}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t("title")} description={t("description", { username })} />
      <ResetForm code={code} username={username} />
    </>
  );
}
