import type { Metadata } from "next";
import { buttonClass } from "@/app/_components/ui/button-look";
import { LinkButton } from "@/app/_components/ui/link-button";
import { Notice } from "@/app/_components/ui/notice";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { loadDemoDoor } from "@/lib/demo/loaders";
import { visitPath } from "@/lib/demo/visit";
import { safePath } from "@/lib/web/origin";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("demo"))("title") };
}

/** Before a demo: for whoever did not get in by themselves, with the reason. */
export default async function DemoPage({ searchParams }: PageProps<"/demo">) {
  const { next, cookies } = await searchParams;
  const [{ refusal, visitHours, canSignIn }, t] = await Promise.all([
    loadDemoDoor(),
    words("demo"),
  ]);
  const goOnTo = safePath(typeof next === "string" ? next : null);
  return (
    <>
      <PageHeading title={t("title")} description={t("description", { hours: visitHours })} />
      {refusal && <Notice title={t("notNow")}>{refusal}</Notice>}
      {!refusal && cookies && <Notice title={t("needsCookies")}>{t("needsCookiesDetail")}</Notice>}
      <div className="flex flex-wrap gap-3 max-sm:*:grow">
        {/* Not the router's link: it leads out of the pages and back. */}
        <a href={visitPath(goOnTo)} className={buttonClass({ tone: "primary" })}>
          {t(refusal || cookies ? "tryAgain" : "lookAround")}
        </a>
        {canSignIn && <LinkButton href="/sign-in">{t("signIn")}</LinkButton>}
      </div>
    </>
  );
}
