import type { MetadataRoute } from "next";
import { words } from "@/lib/web/words";

const ground = "#0b0c11";

function icon(name: string, size: number, purpose: "any" | "maskable" | "monochrome") {
  const sizes = `${size}x${size}`;
  return { src: `/icons/${name}-${size}.png`, sizes, type: "image/png", purpose };
}

/** What a phone or desk needs to install Vigilio, in the language of who asks. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [app, nav] = await Promise.all([words("app"), words("nav")]);
  return {
    name: app("name"),
    short_name: app("name"),
    description: app("description"),
    id: "/",
    scope: "/",
    start_url: "/",
    display: "standalone",
    orientation: "any",
    background_color: ground,
    theme_color: ground,
    categories: ["entertainment", "video"],
    icons: [
      icon("icon", 192, "any"),
      icon("icon", 512, "any"),
      icon("maskable", 192, "maskable"),
      icon("maskable", 512, "maskable"),
      icon("monochrome", 512, "monochrome"),
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
    ],
    shortcuts: [
      { name: nav("search"), url: "/search" },
      { name: nav("add"), url: "/manage/add" },
      { name: nav("myList"), url: "/my-list" },
    ],
  };
}
