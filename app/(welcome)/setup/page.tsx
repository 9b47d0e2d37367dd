import type { Metadata } from "next";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { SetupForm } from "@/app/_components/welcome/setup-form";
import { loadSetup } from "@/lib/users/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await words("setup");
  return { title: t("title") };
}

export default async function SetupPage() {
  const { needsCode } = await loadSetup();
  const t = await words("setup");
  return (
    <>
      <PageHeading title={t("title")} description={t("description")} />
      <SetupForm needsCode={needsCode} />
    </>
  );
}
