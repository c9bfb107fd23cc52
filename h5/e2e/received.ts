/** Everything that reaches a browser: addresses, headers and bodies of answers, whoever asked for them, and what sockets say. */
import type { Response } from "playwright-core";
import type { Visit } from "./kit.ts";

type Arrived = { from: string; bytes: Buffer };

/**
 * Listens from now on, so before the first page is opened. Asked for words it tells where they arrived, in whatever way they
 * were written; asked for nothing, where anything did. An answer that could not be kept might have held them: that is a fault.
 */
export function received({ context, page }: Visit): (words?: string) => Promise<string[]> {
  const coming: Promise<void>[] = [];
  const arrived: Arrived[] = [];
  const lost: string[] = [];
  context.on("response", (answer) => {
    const keep = async () => arrived.push({ from: answer.url(), bytes: await whole(answer) });
    coming.push(
      keep()
        .then(undefined, (fault: unknown) => lost.push(`${answer.url()}: ${String(fault)}`))
        .then(() => undefined),
    );
  });
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => arrived.push({ from: socket.url(), bytes: Buffer.from(payload) })),
  );
  return async (words = "") => {
    await Promise.all(coming);
    if (lost.length > 0) throw new Error(`not kept: ${lost.join("\n")}`);
    const forms = [words, encodeURIComponent(words), escaped(words)];
    return arrived.filter(({ bytes }) => forms.some((form) => bytes.includes(form))).map(({ from }) => from);
  };
}

/** A redirection has no body. */
async function whole(answer: Response): Promise<Buffer> {
  const status = answer.status();
  const head = JSON.stringify([answer.url(), await answer.headersArray()]);
  const body = status >= 300 && status < 400 ? "" : await answer.body();
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** As JSON may write it: `村` is `\u6751`. */
const escaped = (words: string): string =>
  words.replace(/[^\u0020-\u007e]/gu, (letter) =>
    Array.from({ length: letter.length }, (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
      "",
    ),
  );
