/** The part of an answer that Alipay signed: raw text, exactly as sent. */
export type AlipayNode = { text: string; sign: string; error: boolean } | { fault: string };

/** Where a JSON value that starts at `from` ends (exclusive), strings respected; -1 when it does not end. */
function valueEnd(raw: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let i = from; i < raw.length; i++) {
    const letter = raw[i];
    if (inString) {
      if (letter === "\\") i++;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === "{" || letter === "[") depth++;
    else if (letter === "}" || letter === "]") depth--;
    if (depth === 0 && !inString && (letter === '"' || letter === "}" || letter === "]")) return i + 1;
  }
  return -1;
}

/**
 * Cuts the signed node out of a gateway answer. The text is taken from the bytes, because the signature covers them (escaped
 * slashes, order and all), and the whole of the answer must be made of fields that come once: with a node given twice, one
 * copy would be verified and the other one read.
 */
export function nodeOf(raw: string, name: string): AlipayNode {
  const fields = new Map<string, string>();
  let at = skip(raw, 0);
  if (raw[at] !== "{") return { fault: "not JSON" };
  at = skip(raw, at + 1);
  while (raw[at] === '"') {
    const nameEnd = valueEnd(raw, at);
    const colon = nameEnd < 0 ? -1 : skip(raw, nameEnd);
    if (raw[colon] !== ":") return { fault: "not JSON" };
    const from = skip(raw, colon + 1);
    const to = /["{[]/.test(raw[from] ?? "") ? valueEnd(raw, from) : -1;
    const field = read(raw.slice(at, nameEnd));
    if (to < 0 || typeof field !== "string") return { fault: "not JSON" };
    if (fields.has(field)) return { fault: "a node comes twice" };
    fields.set(field, raw.slice(from, to));
    at = skip(raw, to);
    if (raw[at] === ",") at = skip(raw, at + 1);
    else break;
  }
  if (raw[at] !== "}" || skip(raw, at + 1) !== raw.length) return { fault: "not JSON" };
  const error = fields.get("error_response");
  const text = fields.get(name) ?? error;
  if (!text || read(text) === undefined) return { fault: "answer node missing" };
  if (error && fields.has(name)) return { fault: "both an answer and an error" };
  const sign = read(fields.get("sign") ?? '""');
  return { text, sign: typeof sign === "string" ? sign : "", error: error !== undefined };
}

const skip = (raw: string, from: number): number => {
  let at = from;
  while (/\s/.test(raw[at] ?? "x")) at++;
  return at;
};

function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
