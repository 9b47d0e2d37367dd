import { describe, expect, it } from "vitest";
import { canonicalUrl } from "./canonical-url";

const base = "https://api.opensubtitles.com/api/v1";
const of = (parameters: Parameters<typeof canonicalUrl>[2]) =>
  canonicalUrl(base, "/subtitles", parameters).slice(`${base}/subtitles`.length);

describe("canonicalUrl", () => {
  it("is spelt as the recorded requests that were answered directly", () => {
    expect(
      of({
        query: "Man of Steel",
        moviehash: "5b8f8f4e41ccb21e",
        languages: "de,fr",
        imdb_id: "tt0770828",
        page: 1,
      }),
    ).toBe("?imdb_id=770828&languages=de%2Cfr&moviehash=5b8f8f4e41ccb21e&query=man+of+steel");
  });

  it("leaves out what the server assumes anyway, and keeps what it does not", () => {
    expect(of({ page: 1, ai_translated: "include", machine_translated: "exclude" })).toBe("");
    expect(of({ page: 2, machine_translated: "include", languages: undefined })).toBe(
      "?machine_translated=include&page=2",
    );
  });

  it("takes tt and leading zeros from ids, and only from ids", () => {
    expect(of({ imdb_id: "tt0073195", parent_tmdb_id: "0012", query: "007" })).toBe(
      "?imdb_id=73195&parent_tmdb_id=12&query=007",
    );
  });

  it("lets no text out of its place", () => {
    expect(of({ query: " A&b=c  #d/../é " })).toBe("?query=a%26b%3Dc+%23d%2F..%2F%C3%A9");
  });
});
