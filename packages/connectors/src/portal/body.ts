import { type Block, type Body, bodyFault, cutNote, type Inline } from "@weimenhu/domain/body";
import { parseDocument } from "htmlparser2";
import { clean } from "./clean.ts";
import { pourAll } from "./pour.ts";

/** Longer markup is cut before it is parsed, so that one item cannot hold up everybody else. */
const MAX_HTML = 400_000;
/** The cleaning grows with the square of how deep tags lie, so their number is bounded, too. */
const MAX_TAGS = 20_000;
/** Pictures written into the text itself, often megabytes of them. They are never shown, so the words behind them get their room. */
const INLINED = /data:[\w/+.-]{1,100};base64,[\w+/=\s]*/g;

/**
 * Published HTML as a body that is fit to be stored and drawn: cleaned, links and pictures absolute against `baseUrl`, within
 * all limits of the domain (what does not fit is cut from the end with a note). Never throws on any markup.
 */
export function toBody(html: string, baseUrl: string): Body {
  const words = html.replace(INLINED, "data:,");
  const beginning = beginningOf(words);
  const document = parseDocument(clean(beginning));
  const body = pourAll(document.childNodes, baseUrl, 1);
  return fitting(body, beginning.length < words.length);
}

function beginningOf(html: string): string {
  let tags = 0;
  for (const tag of html.slice(0, MAX_HTML).matchAll(/<[a-z]/gi)) {
    tags += 1;
    if (tags > MAX_TAGS) return html.slice(0, tag.index);
  }
  return html.slice(0, MAX_HTML);
}

/** The longest beginning that keeps all limits: whole blocks, then of a paragraph whole pieces, then of a text letters. */
function fitting(body: Body, alreadyCut: boolean): Body {
  const note: Block = { t: "p", c: [{ t: "text", v: cutNote }] };
  const all = alreadyCut ? [...body, note] : body;
  if (bodyFault(all) === null) return all;
  const fits = (blocks: readonly Block[]) => bodyFault([...blocks, note]) === null;
  const whole = body.slice(
    0,
    most(body.length, (n) => fits(body.slice(0, n))),
  );
  const next = body[whole.length];
  const pieces = next?.t === "p" ? next.c : [];
  const some = (c: Inline[]): Body => (c.length > 0 ? [...whole, { t: "p", c }] : whole);
  const kept = pieces.slice(
    0,
    most(pieces.length, (n) => fits(some(pieces.slice(0, n)))),
  );
  const last = pieces[kept.length];
  if (last?.t !== "text") return [...some(kept), note];
  const start = (n: number): Inline[] => [...kept, { ...last, v: last.v.slice(0, n).replace(/[\ud800-\udbff]$/, "") }];
  const letters = most(last.v.length, (n) => fits(some(start(n))));
  return [...some(letters > 0 ? start(letters) : kept), note];
}

/** The largest number up to `all` that is still fine; 0 is. */
function most(all: number, fine: (n: number) => boolean): number {
  let [fits, fails] = [0, all + 1];
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (fine(middle)) fits = middle;
    else fails = middle;
  }
  return fits;
}
