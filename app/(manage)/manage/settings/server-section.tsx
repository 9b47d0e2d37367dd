import { ServerTable } from "@/app/_components/settings/server-table";
import { loadSettings } from "@/lib/settings/loaders";

/** What the environment decides, or could. */
export async function ServerSection() {
  const { items } = await loadSettings();
  return <ServerTable items={items.filter(({ variable }) => variable !== null)} />;
}
