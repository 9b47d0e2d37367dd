import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET } from "@/app/images/[...path]/route";
import { addPicture } from "./support/library";
import { type TestSite, testSite } from "./support/site";

const token = "t".repeat(40);
let dataDir: string;
let site: TestSite;
let id: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-images-"));
  site = testSite({ VIGILIO_DATA_DIR: dataDir, VIGILIO_API_TOKEN: token });
  id = addPicture(site.db);
  mkdirSync(join(dataDir, "images", id), { recursive: true });
  writeFileSync(join(dataDir, "images", id, "185.webp"), "small");
  writeFileSync(join(dataDir, "images", id, "999.webp"), "not in the row");
});
afterEach(() => {
  site[Symbol.dispose]();
  rmSync(dataDir, { recursive: true });
});

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://vigilio.test/images/${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return GET(request, { params: Promise.resolve({ path: path.split("/") }) });
}

describe("/images/{id}/{width}.webp", () => {
  it("answers with the picture, to be kept for ever by this browser alone", async () => {
    const answer = await ask(`${id}/185.webp`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("small");
    expect(answer.headers.get("content-type")).toBe("image/webp");
    expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    const again = await ask(`${id}/185.webp`, {
      "if-none-match": answer.headers.get("etag") ?? "",
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("is for nobody who is not signed in", async () => {
    expect((await ask(`${id}/185.webp`, { authorization: "Bearer wrong" })).status).toBe(401);
    const nobody = new Request(`http://vigilio.test/images/${id}/185.webp`);
    const params = Promise.resolve({ path: [id, "185.webp"] });
    expect((await GET(nobody, { params })).status).toBe(401);
  });

  it("gives nothing that no row names", async () => {
    for (const path of [
      // In the row, but not on the disk; on the disk, but not in the row.
      `${id}/342.webp`,
      `${id}/999.webp`,
      `${id}/185`,
      `${id}/0185.webp/x`,
      `${"0".repeat(16)}/185.webp`,
      "../vigilio.db",
      `${id}/../../vigilio.db`,
    ]) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});
