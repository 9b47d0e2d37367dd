import { expect, it } from "vitest";
import { previewMovies } from "./preview-movies";

it("shows rows of a schema as they are, with what they lack", () => {
  const rows = [
    {
      ...{ title: "Lantern", imdbId: "tt7000001", year: 2019, image: "https://a.example/1.jpg" },
      sources: [
        { source: "magnet:?x", quality: "1080p", type: "web", size: "1.4 GB", seeds: "12" },
        { quality: "720p" },
        null,
      ],
    },
    { year: "2020", sources: [] },
    { title: "Night", magnet: "x", source: "https://a.example/1.torrent" },
    "no row",
  ];
  const [lantern, untitled, night, ...others] = previewMovies(rows, "schema");
  expect(lantern).toMatchObject({ title: "Lantern", year: "2019", hasImage: true });
  expect(lantern?.releases).toMatchObject([
    { quality: "1080p", type: "web", sizeBytes: 1_503_238_554, seeds: 12, hasLink: true },
    { quality: "720p", seeds: null, hasLink: false },
  ]);
  expect(untitled).toMatchObject({ title: null, imdbId: null, releases: [] });
  expect(night?.releases).toMatchObject([{ hasLink: true }]);
  expect(others).toEqual([]);
});

it("puts an indexer's releases together, which are shown without their links", () => {
  const film = { imdbId: null, title: "Lantern", year: 2019 };
  const rows = [
    { ...film, name: "Lantern.2019.1080p", quality: "1080p", sizeBytes: 5, seeds: 3 },
    { ...film, name: "Lantern.2019.720p", quality: "720p", sizeBytes: 4, seeds: null },
  ];
  const movies = previewMovies(rows, "torznab");
  expect(movies).toHaveLength(1);
  expect(movies[0]?.releases).toMatchObject([
    { name: "Lantern.2019.1080p", sizeBytes: 5, hasLink: true },
    { name: "Lantern.2019.720p", sizeBytes: 4, hasLink: true },
  ]);
});
