export interface Shot {
  /** Of the page, and of what is open on it. */
  name: string;
  size: string;
  /** Beside the sheet. */
  file: string;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** A page with all pictures, a line for each page and a column for each size. */
export function contactSheet(shots: readonly Shot[], faults: readonly string[]): string {
  const names = [...new Set(shots.map(({ name }) => name))];
  const figure = ({ file, size }: Shot) =>
    `<a href="${file}"><img loading="lazy" class="${size}" src="${file}" alt="${size}"></a>`;
  const lines = names.map((name) => {
    const own = shots.filter((shot) => shot.name === name);
    return `<section><h2>${escaped(name)}</h2><div>${own.map(figure).join("")}</div></section>`;
  });
  const complaints = [...new Set(faults)].map((fault) => `<li>${escaped(fault)}</li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every page</title>
<style>
  body { margin: 2rem; background: #222; color: #eee; font: 1rem sans-serif; }
  div { display: flex; gap: 1rem; align-items: start; }
  img { max-height: 30rem; object-fit: cover; object-position: top; }
  .phone { width: 12rem; } .desk { width: 26rem; } .wide { width: 34rem; }
  li { color: #f88; }
</style>
<h1>Every page</h1>
<ul>${complaints.join("")}</ul>
${lines.join("\n")}
</html>
`;
}
