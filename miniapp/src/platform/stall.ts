/** So long nothing may move in a transfer: neither a byte nor, after the last one, the answer. */
export const stalledMs = 15_000;

/** Gives up on a transfer in which nothing moves any more, however long one that moves may take. */
export function watchStall(giveUp: () => void, ms = stalledMs): { moved: () => void; end: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const end = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const moved = () => {
    end();
    timer = setTimeout(giveUp, ms);
  };
  moved();
  return { moved, end };
}
