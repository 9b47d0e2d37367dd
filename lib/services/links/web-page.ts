/**
 * True for bytes that are a web page: a sign-in, a page of something in between. What comes before
 * the first element (byte order mark, declaration, comments) doesn't count.
 */
export function isWebPage(bytes: Buffer): boolean {
  const start = bytes
    .subarray(0, 2048)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .replace(/^(?:\s+|<\?xml[^>]*\?>|<!--[\s\S]*?-->)+/i, "");
  return /^<(?:!doctype\s+html|html|head|body|script|title|meta|div)\b/i.test(start);
}
