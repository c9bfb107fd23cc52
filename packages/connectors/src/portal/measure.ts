import { Parser } from "htmlparser2";

/** Tags within each other, and tags with their attributes, that a feed may have; real ones stay far below. */
const MAX_DEPTH = 200;
const MAX_PARTS = 200_000;
const TOO_DEEP = "nested too deeply";
const TOO_MANY = "too many parts";

/**
 * Why this document must not be given to the parser, which takes minutes for some that are only a few megabytes (its time
 * grows with the square of the depth and of the attributes of one tag). Undefined: it may. Long texts cost nothing.
 */
export function tooMuch(text: string): string | undefined {
  return /^[\s\ufeff]*[[{]/.test(text) ? tooMuchJson(text) : tooMuchXml(text);
}

function tooMuchXml(text: string): string | undefined {
  let [parts, depth] = [0, 0];
  let why: string | undefined;
  const count = () => {
    parts += 1;
    if (parts > MAX_PARTS) stop(TOO_MANY);
  };
  const stop = (reason: string) => {
    why ??= reason;
    parser.pause();
  };
  const parser = new Parser(
    {
      onopentagname() {
        count();
        depth += 1;
        if (depth > MAX_DEPTH) stop(TOO_DEEP);
      },
      onattribute: count,
      onclosetag: () => void (depth -= 1),
      onprocessinginstruction: count,
      oncomment: count,
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.write(text);
  return why;
}

/** Brackets within texts count as well; a feed of articles about programs would still be read. */
function tooMuchJson(text: string): string | undefined {
  let parts = 0;
  for (const _ of text.matchAll(/[[{]/g)) {
    parts += 1;
    if (parts > MAX_PARTS) return TOO_MANY;
  }
  return undefined;
}
