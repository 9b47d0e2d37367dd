import { CheckList } from "@/app/_components/welcome/check-list";
import { LookAgain } from "@/app/_components/welcome/look-again";
import { loadServiceChecks } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** What everything depends on, and what to do about what does not work; it follows by itself. */
export async function ServicesSection() {
  const [checks, t] = await Promise.all([loadServiceChecks(), words("setup")]);
  return (
    <>
      <CheckList
        checks={checks.map((check) => ({ ...check, label: t(`service.${check.name}`) }))}
      />
      <LookAgain />
    </>
  );
}
