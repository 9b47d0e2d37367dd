import { Clapperboard, Plus } from "lucide-react";
import { words } from "@/lib/web/words";
import { AwayLink } from "../ui/away-link";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Disclosure } from "../ui/disclosure";
import { EmptyState } from "../ui/empty-state";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { PageHeading } from "../ui/page-heading";
import { Pages } from "../ui/pages";
import { ProgressBar } from "../ui/progress-bar";
import { Skeleton } from "../ui/skeleton";
import { Spinner } from "../ui/spinner";
import { TabLinks } from "../ui/tabs";
import { State } from "./section";

/** What tells: badges, bars, notices, and what stands where something is not there yet. */
export async function Messages() {
  const t = await words("design");
  const bar = { label: t("bar") };
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
      <State name={t("badges")}>
        <div className="flex flex-wrap gap-2">
          <Badge>{t("tone.plain")}</Badge>
          <Badge tone="lamp">{t("tone.lamp")}</Badge>
          <Badge tone="danger">{t("tone.danger")}</Badge>
          <Badge tone="faint">{t("tone.faint")}</Badge>
        </div>
      </State>
      <State name={t("bars")}>
        <div className="grid gap-3">
          <ProgressBar {...bar} value={0.4} />
          <ProgressBar {...bar} value={0.7} tone="faint" />
          <ProgressBar {...bar} value={0.2} tone="danger" />
          <ProgressBar {...bar} value={null} />
        </div>
      </State>
      <State name={t("notices")}>
        <Notice title={t("sample.short")}>{t("sample.body")}</Notice>
      </State>
      <State name={t("state.error")}>
        <Notice tone="danger" title={t("sample.error")} action={<Button>{t("retry")}</Button>}>
          {t("sample.body")}
        </Notice>
      </State>
      <State name={t("state.pending")}>
        <p className="flex items-center gap-3">
          <Spinner />
          {t("bar")}
        </p>
      </State>
      <State name={t("skeletons")}>
        <div className="flex gap-3">
          <Skeleton className="aspect-2/3 w-24" />
          <div className="grid grow content-start gap-2">
            <Skeleton className="h-5 w-2/3" />
            <Skeleton className="h-4 w-1/2" />
          </div>
        </div>
      </State>
    </div>
  );
}

/** What a page is put together from. */
export async function PageParts() {
  const t = await words("design");
  return (
    <div className="grid grid-cols-1 gap-5">
      <State name={t("heading")}>
        {/* The page has its h1 already: this one is to look at. */}
        <div role="presentation" inert>
          <PageHeading
            title={t("sample.long")}
            description={t("sample.body")}
            actions={<Button>{t("state.usual")}</Button>}
          />
        </div>
      </State>
      <State name={t("tabs")}>
        <TabLinks
          label={t("tabs")}
          current="/manage/design"
          tabs={[
            { href: "/manage/design", label: t("state.current"), count: 3 },
            { href: "/manage/design?tab=other", label: t("sample.short") },
          ]}
        />
      </State>
      <State name={t("pages")}>
        <Pages page={2} pageSize={10} total={35} href={() => "/manage/design"} />
      </State>
      <State name={t("card")}>
        <Card>{t("sample.body")}</Card>
      </State>
      <State name={t("folded")}>
        <Disclosure title={t("sample.short")}>{t("sample.body")}</Disclosure>
      </State>
      <State name={t("away")}>
        <AwayLink href="https://www.example.org/">{t("sample.short")}</AwayLink>
      </State>
      <State name={t("empty")}>
        <Card>
          <EmptyState
            icon={Clapperboard}
            title={t("emptyTitle")}
            action={
              <LinkButton tone="primary" href="/manage/add">
                <Plus aria-hidden className="size-5" />
                {t("emptyAction")}
              </LinkButton>
            }
          >
            {t("sample.body")}
          </EmptyState>
        </Card>
      </State>
    </div>
  );
}
