import { type Block, type Body, bodyFault } from "@weimenhu/domain/body";
import { parseDocument } from "htmlparser2";
import { clean } from "./clean.ts";
import { pourAll } from "./pour.ts";

/** Longer markup is cut before it is parsed, so that one item cannot hold up everybody else. */
const MAX_HTML = 400_000;
/** The cleaning grows with the square of how deep tags lie, so their number is bounded, too. */
const MAX_TAGS = 20_000;
const CUT_NOTE = "（内容较长，余下部分请查看原文）";
/**
 * Published HTML as a body that is fit to be stored and drawn: cleaned, links and pictures absolute against `baseUrl`, within
 * all limits of the domain (what does not fit is cut from the end with a note). Never throws on any markup.
 */
export function toBody(html: string, baseUrl: string): Body {
  const beginning = beginningOf(html);
  const document = parseDocument(clean(beginning));
  const body = pourAll(document.childNodes, baseUrl, 1);
  return fitting(body, beginning.length < html.length);
}

function beginningOf(html: string): string {
  let tags = 0;
  for (const tag of html.slice(0, MAX_HTML).matchAll(/<[a-z]/gi)) {
    tags += 1;
    if (tags > MAX_TAGS) return html.slice(0, tag.index);
  }
  return html.slice(0, MAX_HTML);
}

/** The longest beginning that keeps all limits. */
function fitting(body: Body, alreadyCut: boolean): Body {
  const note: Block = { t: "p", c: [{ t: "text", v: CUT_NOTE }] };
  const all = alreadyCut ? [...body, note] : body;
  if (bodyFault(all) === null) return all;
  let [fits, fails] = [0, body.length];
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (bodyFault([...body.slice(0, middle), note]) === null) fits = middle;
    else fails = middle;
  }
  return [...body.slice(0, fits), note];
}
