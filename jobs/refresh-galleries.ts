import { galleriesToRefresh } from "@/lib/galleries/data";
import { refreshGallery } from "@/lib/galleries/refresh";
import { fetchGallery } from "@/lib/services/links/fetch-gallery";
import type { JobContext } from "./context";

/** Asks the galleries that are followed what is new, each once a day. */
export async function refreshGalleries({ db, now }: Pick<JobContext, "db" | "now">): Promise<void> {
  for (const gallery of galleriesToRefresh(db, now())) {
    await refreshGallery({ db, now, ask: fetchGallery }, gallery);
  }
}
