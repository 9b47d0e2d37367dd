import type { Metadata } from "next";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { SignInForm } from "@/app/_components/welcome/sign-in-form";
import { visitPath } from "@/lib/demo/visit";
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
  const { isDemo } = await loadSignIn(goOnTo);
  const [t, ofDemo] = await Promise.all([words("signIn"), words("demo")]);
  return (
    <>
      <PageHeading title={t("title")} description={t("description")} />
      <SignInForm next={goOnTo} />
      {isDemo && (
        <p className="border-t border-line pt-5 text-faint">
          {ofDemo("withoutAccount")}{" "}
          {/* Not the router's link: it may lead out of the pages and back. */}
          <a href={visitPath("/")} className="inline-flex min-h-11 items-center underline">
            {ofDemo("lookAround")}
          </a>
        </p>
      )}
    </>
  );
}
