import type { Metadata } from "next";
import { AddForm } from "@/app/_components/add/add-form";
import { ServiceCheck } from "@/app/_components/add/service-check";
import { Card } from "@/app/_components/ui/card";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { requireAdmin } from "@/lib/auth/current-user";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("add"))("title") };
}

export default async function AddPage() {
  await requireAdmin();
  const t = await words("add");
  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6 px-4 pt-6 md:pt-10">
      <PageHeading title={t("title")} description={t("description")} />
      <Card>
        <AddForm />
      </Card>
      <ServiceCheck />
    </div>
  );
}
