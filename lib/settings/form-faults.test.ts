import { expect, it } from "vitest";
import { reasonText } from "@/lib/web/catalogue";
import { formFaults } from "./form-faults";
import { openSubtitlesAccount, qbittorrentAccess, tmdbKeyForm } from "./schema";

const say = (why: Parameters<typeof reasonText>[0]) => reasonText(why, "en");

it("says what is wrong while somebody types, and nothing when it is right", () => {
  expect(formFaults(tmdbKeyForm, { tmdbApiKey: "abc" }, say)).toEqual({
    tmdbApiKey: expect.stringContaining("isn't a TMDB key"),
  });
  expect(formFaults(tmdbKeyForm, { tmdbApiKey: "f".repeat(32) }, say)).toEqual({});
  expect(
    formFaults(
      qbittorrentAccess,
      { qbittorrentUrl: "nas:8080", qbittorrentPathMap: "downloads" },
      say,
    ),
  ).toEqual({
    qbittorrentUrl: expect.stringContaining("http://"),
    qbittorrentPathMap: expect.stringContaining("/downloads"),
  });
  expect(formFaults(qbittorrentAccess, { qbittorrentUrl: "" }, say)).toEqual({});
  expect(formFaults(openSubtitlesAccount, { openSubtitlesUsername: "ada" }, say)).toEqual({});
});
