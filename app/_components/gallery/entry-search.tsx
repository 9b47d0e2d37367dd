import { Search } from "lucide-react";
import { words } from "@/lib/web/words";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Select } from "../ui/select";

const orders = ["score", "name"] as const;

/** Narrows a gallery by words and puts it in an order; all of it stands in the address. */
export async function EntrySearch({ query, order }: { query: string; order: string }) {
  const t = await words("gallery");
  return (
    <search>
      <form className="flex flex-wrap items-end gap-3">
        <div className="grow basis-48">
          <Field
            name="query"
            type="search"
            label={t("search")}
            defaultValue={query}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={100}
          />
        </div>
        <div className="grow basis-32 sm:grow-0">
          <Select name="order" label={t("order")} defaultValue={order}>
            {orders.map((one) => (
              <option key={one} value={one}>
                {t(`orders.${one}`)}
              </option>
            ))}
          </Select>
        </div>
        <Button type="submit">
          <Search aria-hidden className="size-5" />
          {t("show")}
        </Button>
      </form>
    </search>
  );
}
