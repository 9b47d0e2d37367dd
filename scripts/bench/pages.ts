import { benchPagesLighthouse } from "./pages-lighthouse";
import { benchPagesPlay } from "./pages-play";
import { benchPagesServer } from "./pages-server";
import { benchPagesWeight } from "./pages-weight";

const parts = {
  server: benchPagesServer,
  weight: benchPagesWeight,
  play: benchPagesPlay,
  lighthouse: benchPagesLighthouse,
};

/** How quick, how heavy and how well made the pages are. @param only parts; all without. */
export async function benchPages(only: string[]): Promise<boolean> {
  const names = only.length > 0 ? only : Object.keys(parts);
  let areMet = true;
  for (const name of names) {
    const part = Object.entries(parts).find(([known]) => known === name)?.[1];
    if (!part) throw new Error(`--only takes ${Object.keys(parts).join(",")}, not ${name}`);
    areMet = (await part()) && areMet;
  }
  return areMet;
}
