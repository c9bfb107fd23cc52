let table: Map<string, number> | undefined;

/** Every two-byte code of GBK by its character, made from the platform's own decoder once. */
function codes(): Map<string, number> {
  if (table) return table;
  table = new Map();
  const decoder = new TextDecoder("gbk");
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const letter = decoder.decode(Uint8Array.of(high, low));
      if ([...letter].length === 1 && letter !== "\ufffd") table.set(letter, (high << 8) | low);
    }
  return table;
}

/** Text in GBK, as older portals still send it; a character that GBK lacks becomes a question mark. */
export function toGbk(text: string): Buffer {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.charCodeAt(0) < 0x80 ? letter.charCodeAt(0) : (codes().get(letter) ?? 0x3f);
    if (code > 0xff) bytes.push(code >> 8, code & 0xff);
    else bytes.push(code);
  }
  return Buffer.from(bytes);
}
