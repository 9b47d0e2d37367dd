import type { Metadata } from "next";
import { buttonClass } from "@/app/_components/ui/button-look";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { PasswordForm } from "@/app/_components/welcome/password-form";
import { SignOutButton } from "@/app/_components/welcome/sign-out-button";
import { loadPasswordChange } from "@/lib/users/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("password");
  return { title: t("title") };
}

export default async function PasswordPage() {
  const { isForced, username } = await loadPasswordChange();
  const [t, nav, common] = await Promise.all([words("password"), words("nav"), words("common")]);
  return (
    <>
      <PageHeading
        title={t("title")}
        description={isForced ? t("forcedDescription") : t("description")}
      />
      <PasswordForm username={username} />
      {/* Not inside the form: signing out is one of its own. */}
      <div className="-ms-4 -mt-5 justify-self-start">
        {isForced ? (
          <SignOutButton className={buttonClass({ tone: "quiet" })}>{nav("signOut")}</SignOutButton>
        ) : (
          <LinkButton tone="quiet" href="/account">
            {common("cancel")}
          </LinkButton>
        )}
      </div>
    </>
  );
}
