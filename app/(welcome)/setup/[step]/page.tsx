import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { FollowForm } from "@/app/_components/gallery/follow-form";
import { IndexerForm } from "@/app/_components/sources/indexer-form";
import { SchemaForm } from "@/app/_components/sources/schema-form";
import { Disclosure } from "@/app/_components/ui/disclosure";
import { LinkButton } from "@/app/_components/ui/link-button";
import { Notice } from "@/app/_components/ui/notice";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { CheckList } from "@/app/_components/welcome/check-list";
import { LanguagesForm } from "@/app/_components/welcome/languages-form";
import { LookAgain } from "@/app/_components/welcome/look-again";
import { OpenSubtitlesForm } from "@/app/_components/welcome/opensubtitles-form";
import { Steps } from "@/app/_components/welcome/steps";
import { TmdbForm } from "@/app/_components/welcome/tmdb-form";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadGalleries } from "@/lib/galleries/loaders";
import { loadServiceChecks, loadSetupStep, loadSetupValues } from "@/lib/settings/loaders";
import { type SetupStep, setupSteps as steps } from "@/lib/settings/setup-steps";
import { subtitleLanguageNames } from "@/lib/settings/subtitle-languages";
import { pageLocale, words } from "@/lib/web/words";

/** The step of the address, and the address of the one after it. */
async function stepOf(
  props: PageProps<"/setup/[step]">,
): Promise<{ step: SetupStep; next: string }> {
  const { step: name } = await props.params;
  const index = (steps as readonly string[]).indexOf(name);
  const step = steps[index];
  if (!step) notFound();
  return { step, next: `/setup/${steps[index + 1] ?? "done"}` };
}

export async function generateMetadata(props: PageProps<"/setup/[step]">): Promise<Metadata> {
  const { step } = await stepOf(props);
  const t = await words("setup");
  return { title: t(`${step}Title`) };
}

async function ServicesStep({ next }: { next: string }) {
  const t = await words("setup");
  const checks = await loadServiceChecks();
  const isFine = checks.every(({ ok }) => ok);
  return (
    <>
      <CheckList
        checks={checks.map((check) => ({ ...check, label: t(`service.${check.name}`) }))}
      />
      {!isFine && <LookAgain />}
      <LinkButton href={next} tone="primary" className="sm:justify-self-start">
        {isFine ? t("continue") : t("continueAnyway")}
      </LinkButton>
    </>
  );
}

async function TmdbStep({ next }: { next: string }) {
  const t = await words("setup");
  const { tmdbKeySource } = await loadSetupValues();
  if (tmdbKeySource === "default") return <TmdbForm skipTo={next} />;
  return <HasItStep title={t("tmdbHasKey")} source={tmdbKeySource} next={next} />;
}

async function SubtitlesStep({ next }: { next: string }) {
  const t = await words("setup");
  const { subtitleLanguages, isOwned } = await loadSetupValues();
  const languages = subtitleLanguageNames(await pageLocale());
  if (isOwned("subtitleLanguages")) {
    return <HasItStep title={t("languagesSet")} source="environment" next={next} />;
  }
  return <LanguagesForm languages={languages} chosen={subtitleLanguages} skipTo={next} />;
}

async function OpenSubtitlesStep({ next }: { next: string }) {
  const t = await words("setup");
  const { openSubtitlesKeySource, openSubtitlesUsername } = await loadSetupValues();
  if (openSubtitlesKeySource === "default") {
    return <OpenSubtitlesForm username={openSubtitlesUsername} skipTo={next} />;
  }
  return <HasItStep title={t("openSubtitlesHasKey")} source={openSubtitlesKeySource} next={next} />;
}

/** Jackett or Prowlarr by address, a schema, or a gallery; a household that has none yet goes on. */
async function SourcesStep({ next }: { next: string }) {
  const [t, locale, galleries] = await Promise.all([words("setup"), pageLocale(), loadGalleries()]);
  const aside = <LinkButton href={next}>{t("skip")}</LinkButton>;
  return (
    <WordsProvider locale={locale} namespaces={["common", "sources", "setup", "gallery"]}>
      <p className="text-pretty text-faint">{t("sourcesChoice")}</p>
      <IndexerForm next={next} aside={aside} />
      <Disclosure title={t("sourcesSchema")}>
        <SchemaForm next={next} />
      </Disclosure>
      <Disclosure title={t("sourcesGallery")}>
        <div className="grid gap-4">
          <FollowForm />
          {galleries.map(({ id, name }) => (
            <LinkButton key={id} href={`/manage/sources/gallery/${id}`}>
              {t("openGallery", { name })}
            </LinkButton>
          ))}
        </div>
      </Disclosure>
    </WordsProvider>
  );
}

interface HasItStepProps {
  title: string;
  source: "environment" | "saved";
  next: string;
}

/** For a step that has nothing to ask any more. */
async function HasItStep({ title, source, next }: HasItStepProps) {
  const t = await words("setup");
  return (
    <>
      <Notice title={title}>{t(`source.${source}`)}</Notice>
      <LinkButton href={next} tone="primary" className="sm:justify-self-start">
        {t("continue")}
      </LinkButton>
    </>
  );
}

async function DoneStep() {
  const t = await words("setup");
  return (
    <div className="flex flex-wrap gap-3 max-sm:*:grow">
      <LinkButton href="/manage/add" tone="primary">
        {t("addFirst")}
      </LinkButton>
      <LinkButton href="/">{t("goHome")}</LinkButton>
    </div>
  );
}

export default async function SetupStepPage(props: PageProps<"/setup/[step]">) {
  const { step, next } = await stepOf(props);
  // Asks who it is first: steps are for admins.
  await loadSetupStep(step);
  const t = await words("setup");
  return (
    <>
      <Steps
        label={t("steps")}
        caption={t("stepOf", { step: steps.indexOf(step) + 1, count: steps.length })}
        names={steps.map((name) => t(`${name}Title`))}
        current={steps.indexOf(step)}
      />
      <PageHeading title={t(`${step}Title`)} description={t(`${step}Description`)} />
      {step === "services" && <ServicesStep next={next} />}
      {step === "tmdb" && <TmdbStep next={next} />}
      {step === "subtitles" && <SubtitlesStep next={next} />}
      {step === "opensubtitles" && <OpenSubtitlesStep next={next} />}
      {step === "sources" && <SourcesStep next={next} />}
      {step === "done" ? (
        <DoneStep />
      ) : (
        <Link
          href="/setup/done"
          prefetch={false}
          className="flex min-h-11 items-center justify-self-start text-caption text-faint underline hover:text-text"
        >
          {t("skipRest")}
        </Link>
      )}
    </>
  );
}
