/**
 * The text of a feed. The charset is what the byte order mark says, else the Content-Type, else the XML declaration; Chinese
 * portals often announce one and send another, so a charset counts only if every byte fits it.
 */
export function decode(body: Uint8Array, contentType: string): string | undefined {
  const head = Buffer.from(body.subarray(0, 200)).toString("latin1");
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  const announced = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  const mark = head.startsWith("\xef\xbb\xbf")
    ? "utf-8"
    : head.startsWith("\xff\xfe")
      ? "utf-16le"
      : head.startsWith("\xfe\xff")
        ? "utf-16be"
        : undefined;
  for (const label of mark ? [mark] : [announced, declared, "utf-8", "gb18030"]) {
    const text = label ? tryDecode(body, label) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Undefined when the label is unknown or the bytes do not fit it. */
function tryDecode(body: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}
