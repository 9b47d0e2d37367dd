import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deriveSecrets, secretInFolder } from "./secrets";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-secrets-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("is made once, readable by its owner alone, and stays", () => {
  const secret = secretInFolder(join(dir, "data"));
  expect(secret.length).toBeGreaterThanOrEqual(43);
  expect(secretInFolder(join(dir, "data"))).toBe(secret);
  expect(readdirSync(join(dir, "data"))).toEqual(["secrets.json"]);
  expect(statSync(join(dir, "data", "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a copy that others could read is closed again", () => {
  secretInFolder(dir);
  chmodSync(join(dir, "secrets.json"), 0o644);
  secretInFolder(dir);
  expect(statSync(join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a broken file is named and left alone", () => {
  const path = join(dir, "secrets.json");
  writeFileSync(path, '{"sessionSecret":');
  expect(() => secretInFolder(dir)).toThrow(/secrets\.json cannot be used/);
  expect(readFileSync(path, "utf8")).toBe('{"sessionSecret":');
});

test("each purpose has a key of its own", () => {
  const { session, ticket, vote } = deriveSecrets("x".repeat(32));
  const keys = [session, ticket.toString("base64url"), vote.toString("base64url")];
  expect(new Set(keys).size).toBe(3);
  expect(deriveSecrets("x".repeat(32)).session).toBe(session);
  expect(deriveSecrets("y".repeat(32)).session).not.toBe(session);
});
