import type { Metadata } from "next";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { SignInForm } from "@/app/_components/welcome/sign-in-form";
import { loadSignIn } from "@/lib/users/loaders";
import { safePath } from "@/lib/web/origin";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next } = await searchParams;
  const goOnTo = safePath(typeof next === "string" ? next : null);
  await loadSignIn(goOnTo);
  const t = await words("signIn");
  return (
    <>
      <PageHeading title={t("title")} description={t("description")} />
      <SignInForm next={goOnTo} />
    </>
  );
}
