import type { Metadata } from "next";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { IndexerForm } from "@/app/_components/sources/indexer-form";
import { SchemaForm } from "@/app/_components/sources/schema-form";
import { WaysToAdd } from "@/app/_components/sources/ways-to-add";
import { LinkButton } from "@/app/_components/ui/link-button";
import { requireAdmin } from "@/lib/auth/current-user";
import { words } from "@/lib/web/words";

const list = "/manage/sources";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("sources"))("add") };
}

/** The ways to a source, or the form of the one that was chosen. */
export default async function NewSourcePage(props: PageProps<"/manage/sources/new">) {
  await requireAdmin();
  const [{ way }, t] = await Promise.all([props.searchParams, words("sources")]);
  if (way !== "indexer" && way !== "schema") {
    return (
      <SettingsFrame title={t("add")} description={t("empty")}>
        <WaysToAdd />
      </SettingsFrame>
    );
  }
  const aside = (
    <LinkButton tone="quiet" href={list}>
      {t("cancel")}
    </LinkButton>
  );
  return (
    <SettingsFrame title={t(`way.${way}`)} description={t(`wayDescription.${way}`)}>
      {way === "indexer" ? (
        <IndexerForm next={list} aside={aside} />
      ) : (
        <SchemaForm next={list} aside={aside} />
      )}
    </SettingsFrame>
  );
}
