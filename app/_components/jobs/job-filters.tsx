import { X } from "lucide-react";
import Form from "next/form";
import { words } from "@/lib/web/words";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { LinkButton } from "../ui/link-button";
import { Select } from "../ui/select";
import { TabLinks } from "../ui/tabs";
import { addressOf, type JobFilters as Filters, shownStatuses } from "./job-address";

interface JobFiltersProps {
  filters: Filters;
  /** How many there are in each state of what it is narrowed to otherwise. */
  counts: Record<string, number>;
  /** Every kind of work, by the names that the words know. */
  kinds: readonly string[];
}

/** States beside each other with their numbers, and a form that narrows them: all in the address. */
export async function JobFilters({ filters, counts, kinds }: JobFiltersProps) {
  const t = await words("jobs");
  const named = kinds
    .map((kind) => ({ kind, name: t(`kind.${kind}`) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const { status, kind, title, movieId } = filters;
  const isNarrowed = [kind, title, movieId].some((one) => one !== undefined);
  const whole = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const tabs = [
    { href: addressOf({ ...filters, status: undefined }), label: t("all"), count: whole },
    ...shownStatuses
      // What a person ended is rare: it has a place when there is some.
      .filter((one) => one !== "cancelled" || counts.cancelled || status === "cancelled")
      .map((one) => ({
        href: addressOf({ ...filters, status: one }),
        label: t(`status.${one}`),
        count: counts[one] ?? 0,
      })),
  ];
  return (
    <>
      <TabLinks label={t("states")} current={addressOf(filters)} tabs={tabs} />
      <Form
        action="/manage/jobs"
        prefetch={false}
        aria-label={t("narrow")}
        className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto_auto]"
      >
        {status && <input type="hidden" name="status" value={status} />}
        {movieId && <input type="hidden" name="movieId" value={movieId} />}
        <Select label={t("kindLabel")} name="kind" defaultValue={kind ?? ""} key={`kind ${kind}`}>
          <option value="">{t("anyKind")}</option>
          {named.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.name}
            </option>
          ))}
        </Select>
        <Field
          label={t("titleLabel")}
          name="title"
          type="search"
          defaultValue={title ?? ""}
          key={`title ${title}`}
        />
        <Button type="submit">{t("show")}</Button>
        {isNarrowed && (
          <LinkButton tone="quiet" href={addressOf({ status })}>
            <X aria-hidden className="size-5" />
            {t("showAll")}
          </LinkButton>
        )}
      </Form>
    </>
  );
}
