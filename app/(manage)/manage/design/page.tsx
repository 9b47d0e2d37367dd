import type { Metadata } from "next";
import { Colours } from "@/app/_components/design/colours";
import { Buttons, Fields } from "@/app/_components/design/controls";
import { Icons } from "@/app/_components/design/icons";
import { MovieStates } from "@/app/_components/design/movie-states";
import { Overlays } from "@/app/_components/design/overlays";
import { Section } from "@/app/_components/design/section";
import { Messages, PageParts } from "@/app/_components/design/standing";
import { Spaces, TypeSizes } from "@/app/_components/design/type-and-space";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { WordsProvider } from "@/app/_components/words-provider";
import { requireUser } from "@/lib/auth/current-user";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("design"))("title") };
}

const parts = {
  colours: <Colours />,
  type: <TypeSizes />,
  space: <Spaces />,
  icons: <Icons />,
  buttons: <Buttons />,
  fields: <Fields />,
  messages: <Messages />,
  overlays: <Overlays />,
  movies: <MovieStates />,
  page: <PageParts />,
};

/** Every piece that pages are made of, in every state: what to use, and whether it still looks right. */
export default async function DesignPage() {
  const user = await requireUser();
  // The layout tells a member that it is not theirs.
  if (user.role !== "admin") return null;
  const [t, locale] = await Promise.all([words("design"), pageLocale()]);
  return (
    <WordsProvider locale={locale} namespaces={["common", "design", "errors", "list", "live"]}>
      <div className="gutter mx-auto grid max-w-7xl grid-cols-1 gap-x-12 gap-y-8 pt-6 md:pt-10 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <div className="lg:col-span-2">
          <PageHeading title={t("title")} description={t("description")} />
        </div>
        {/* Always at hand: a line that scrolls on a phone, a column on a desk. */}
        <nav
          aria-label={t("contents")}
          className="scroller sticky top-14 z-20 -mx-(--gutter) border-b border-line bg-ink md:top-16 lg:top-24 lg:mx-0 lg:self-start lg:border-0"
        >
          <ul className="gutter flex w-max gap-x-5 lg:w-auto lg:flex-col lg:px-0">
            {[...Object.keys(parts), "mirrored"].map((id) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="inline-flex min-h-11 items-center whitespace-nowrap text-faint underline-offset-4 hover:text-text hover:underline"
                >
                  {t(`part.${id}.title`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid min-w-0 grid-cols-1 gap-10">
          {Object.entries(parts).map(([id, shown]) => (
            <Section
              key={id}
              id={id}
              title={t(`part.${id}.title`)}
              description={t(`part.${id}.description`)}
            >
              {shown}
            </Section>
          ))}
          <Section
            id="mirrored"
            title={t("part.mirrored.title")}
            description={t("part.mirrored.description")}
          >
            <div
              dir="rtl"
              inert
              className="grid grid-cols-1 gap-8 rounded-xl border border-line p-4"
            >
              <Buttons />
              <Messages />
              <MovieStates />
              <PageParts />
            </div>
          </Section>
        </div>
      </div>
    </WordsProvider>
  );
}
