import { visible } from "@weimenhu/domain/base/text";
import { bodyLimits, type Inline, type Text } from "@weimenhu/domain/body";

/** Joins equal neighbours, trims both ends (Chinese pages indent with wide blanks) and drops what is only blank. */
export function tidy(raw: readonly Inline[]): Inline[] {
  const run = raw.map((node) => (node.t === "br" ? node : { ...node, v: visible(node.v) }));
  const out: Inline[] = [];
  for (const node of run) {
    const last = out.at(-1);
    const starts = !last || last.t === "br";
    if (node.t === "br") {
      if (last && !(last.t === "br" && out.at(-2)?.t === "br")) out.push(node);
    } else if (node.t === "a") out.push(node);
    else {
      const v = starts
        ? node.v.replace(/^[\s\u3000]+/, "")
        : last.t === "text" && /\s$/.test(last.v)
          ? node.v.replace(/^\s+/, "")
          : node.v;
      if (v === "") continue;
      if (last?.t === "text" && last.b === node.b && last.i === node.i)
        out[out.length - 1] = { ...last, v: last.v + v };
      else out.push({ ...node, v });
    }
  }
  for (let last = out.at(-1); last; last = out.at(-1)) {
    const v = last.t === "text" ? last.v.replace(/[\s\u3000]+$/, "") : "";
    if (last.t === "a" || v !== "") {
      if (last.t === "text") out[out.length - 1] = { ...last, v };
      break;
    }
    out.pop();
  }
  return out.flatMap((node): Inline[] => (node.t === "text" ? pieces(node) : [node]));
}

/** A text of any length as pieces of an allowed one; a wide letter (two units) is never parted. */
const pieces = (text: Text): Text[] => (text.v.match(PIECE) ?? []).map((v) => ({ ...text, v }));
const PIECE = new RegExp(`.{1,${bodyLimits.text / 2}}`, "gsu");
