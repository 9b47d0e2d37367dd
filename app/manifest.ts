import type { MetadataRoute } from "next";
import { fallbackLocale, wordsOf } from "@/lib/web/catalogue";

/** What a phone needs to put Vigilio on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  const t = wordsOf(fallbackLocale, "app");
  return {
    name: t("name"),
    short_name: t("name"),
    description: t("description"),
    id: "/",
    start_url: "/",
    display: "standalone",
    background_color: "#0b0c11",
    theme_color: "#0b0c11",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  };
}
