import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { parseMagnet } from "./magnet";

const v1 = "c4bf38e5d5ca465b662ad683833ea25fe0f53d2f";
const v2 = "d6150d100822dcb7632c90666e5b7d3fac56fabad13586f39610100da743d4ff";

function refusalOf(text: string): string | undefined {
  try {
    parseMagnet(text);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.fields?.source?.code : String(error);
  }
}

describe("parseMagnet", () => {
  it("reads hash, name and trackers", () => {
    const magnet = parseMagnet(
      `  magnet:?xt=urn:btih:${v1.toUpperCase()}&dn=A+Film%20(2020)&tr=udp%3A%2F%2Ft.example%3A80&tr=http://u.example/announce \n`,
    );
    expect(magnet).toEqual({
      infoHashV1: v1,
      infoHashV2: null,
      name: "A Film (2020)",
      canonical: `magnet:?xt=urn:btih:${v1}&dn=A%20Film%20(2020)&tr=udp%3A%2F%2Ft.example%3A80&tr=http%3A%2F%2Fu.example%2Fannounce`,
    });
  });

  it("reads base32", () => {
    // Made with Python: base64.b32encode(bytes.fromhex(v1)).
    expect(parseMagnet("magnet:?xt=urn:btih:YS7TRZOVZJDFWZRK22BYGPVCL7QPKPJP").infoHashV1).toBe(v1);
  });

  it("reads version 2 and hybrids, whatever the order and numbering", () => {
    const hybrid = parseMagnet(`MAGNET:?dn=x&xt.2=urn:btmh:1220${v2}&xt.1=urn:btih:${v1}`);
    expect(hybrid).toMatchObject({ infoHashV1: v1, infoHashV2: v2 });
    expect(parseMagnet(`magnet:?xt=urn:btmh:1220${v2}`)).toMatchObject({
      infoHashV1: null,
      infoHashV2: v2,
      name: null,
    });
  });

  it("is canonical when read again, and escapes copied from a page are undone", () => {
    const { canonical } = parseMagnet(`magnet:?xt=urn:btih:${v1}&amp;dn=100%&amp;x.pe=10.0.0.1:80`);
    expect(canonical).toBe(`magnet:?xt=urn:btih:${v1}&dn=100%25&x.pe=10.0.0.1%3A80`);
    expect(parseMagnet(canonical).canonical).toBe(canonical);
  });

  it("leaves out what is no help to find peers", () => {
    const { canonical } = parseMagnet(
      `magnet:?xt=urn:btih:${v1}&xs=http://127.0.0.1/a&as=file:///etc/passwd&tr=file:///etc/passwd&so=1-2&kt=x`,
    );
    expect(canonical).toBe(`magnet:?xt=urn:btih:${v1}`);
  });

  it.each([
    ["magnet:?dn=nothing", "magnet-without-hash"],
    ["magnet:?xt=urn:btih:1234", "magnet-without-hash"],
    [`magnet:?xt=urn:btmh:1120${v2}`, "magnet-without-hash"],
    [`magnet:?xt=urn:btih:${v1}&xt=urn:btih:${v1.replace("c", "d")}`, "magnet-malformed"],
    [`http://example.org/?xt=urn:btih:${v1}`, "magnet-malformed"],
    [`magnet:?xt=urn:btih:${v1}&dn=${"x".repeat(40_000)}`, "magnet-malformed"],
    ["", "magnet-malformed"],
  ])("refuses %.40s", (text, code) => {
    expect(refusalOf(text)).toBe(code);
  });
});
