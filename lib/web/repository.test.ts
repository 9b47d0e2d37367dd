import { expect, test } from "vitest";
import { repositoryUrl } from "./repository";

test.each([
  ["github:someone/films", "https://github.com/someone/films"],
  ["someone/films", "https://github.com/someone/films"],
  [{ type: "git", url: "git+https://code.test/films.git" }, "https://code.test/films"],
  [{ url: "https://code.test/films" }, "https://code.test/films"],
  ["git@code.test:films.git", null],
  ["javascript:alert(1)", null],
  [undefined, null],
])("%j is at %s", (repository, url) => {
  expect(repositoryUrl({ repository })).toBe(url);
});
