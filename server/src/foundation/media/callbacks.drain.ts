import type { Readable } from "node:stream";
import { mediaLimits } from "@weimenhu/contract/media";

export type Patience = { bytes: number; ms: number };

/**
 * How much of a refused upload is still read. A client that is cut off while it sends sees a broken connection and not
 * why; a stranger does not get to send us whole films.
 */
export const patience = {
  stranger: { bytes: 4 << 20, ms: 2_000 },
  known: { bytes: mediaLimits.file + (2 << 20), ms: 10_000 },
} as const;

/** Reads and throws away the rest of a body, within bounds. False when there may be more of it. */
export function drain(body: Readable, { bytes, ms }: Patience): Promise<boolean> {
  if (body.readableEnded) return Promise.resolve(true);
  if (body.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    let left = bytes;
    const count = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) settle(false);
    };
    const ended = () => settle(true);
    const broken = () => settle(false);
    const timer = setTimeout(broken, ms);
    const settle = (whole: boolean) => {
      clearTimeout(timer);
      body.off("data", count).off("end", ended).off("close", broken).off("error", broken);
      body.pause();
      resolve(whole);
    };
    body.unpipe();
    body.on("data", count).on("end", ended).on("close", broken).on("error", broken);
    body.resume();
  });
}
