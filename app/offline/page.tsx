import type { Metadata } from "next";
import { connection } from "next/server";
import { Reconnect } from "@/app/_components/offline/reconnect";
import { BarePage } from "@/app/_components/shell/bare-page";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("offline"))("title") };
}

/**
 * What the service worker shows where the server can't be reached, under the address that was asked
 * for. It is kept on the device, so nothing on it is anybody's.
 */
export default async function OfflinePage() {
  await connection();
  const t = await words("offline");
  return (
    <BarePage>
      <Reconnect
        title={t("title")}
        reasons={{
          unknown: t("description"),
          device: t("deviceOffline"),
          server: t("serverSilent"),
        }}
        retry={t("retry")}
        retriesItself={t("retriesItself")}
        lastLook={t("lastLook")}
      />
    </BarePage>
  );
}
