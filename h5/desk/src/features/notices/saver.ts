import { refusedOf } from "../../refused.ts";
import type { In } from "../../rpc.ts";
import { type Notice, onWire, sameWords, type Words } from "./draft.ts";

type Wire = {
  draft: (input: In<"notices.draft">) => Promise<Notice>;
  save: (input: In<"notices.save">) => Promise<Notice>;
};
/** A first save that was sent and not answered. */
export type Sent = { key: string; words: Words };

/** No answer, or an answer that says nothing about whether it was stored. */
const isUnknown = (error: unknown): boolean => ["OFFLINE", "BUSY", "INTERNAL"].includes(refusedOf(error).word);

/**
 * Saves what is written. When the answer to a first save was lost, that very save is sent again under its key before
 * anything else: so one notice never becomes two.
 */
export function saver(wire: Wire, newKey: () => string, left: Sent | null = null) {
  let sent = left;
  const first = async (now: Sent): Promise<Notice> => {
    sent = now;
    try {
      const notice = await wire.draft({ key: now.key, region: now.words.region, ...onWire(now.words) });
      sent = null;
      return notice;
    } catch (error) {
      if (!isUnknown(error)) sent = null;
      throw error;
    }
  };
  return {
    sent: () => sent,
    async save(words: Words, base: { id: string; version: number } | null): Promise<Notice> {
      if (base) return wire.save({ id: base.id, version: base.version, ...onWire(words) });
      if (!sent || sent.words.region !== words.region) return first({ key: newKey(), words });
      const earlier = sent.words;
      const notice = await first(sent);
      if (sameWords(earlier, words)) return notice;
      return wire.save({ id: notice.id, version: notice.version, ...onWire(words) });
    },
  };
}
export type Saver = ReturnType<typeof saver>;
