import type { Metadata } from "next";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { PasswordForm } from "@/app/_components/welcome/password-form";
import { loadPasswordChange } from "@/lib/users/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("password");
  return { title: t("title") };
}

export default async function PasswordPage() {
  const { isForced, username } = await loadPasswordChange();
  const t = await words("password");
  return (
    <>
      <PageHeading
        title={t("title")}
        description={isForced ? t("forcedDescription") : t("description")}
      />
      <PasswordForm username={username} />
    </>
  );
}
