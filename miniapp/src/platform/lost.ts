import { useEffect, useState } from "react";

/** A page that could not be fetched (site, weak network): the address has changed, the old page still stands. */
const listeners = new Set<() => void>();
let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  addEventListener("unhandledrejection", (event) => {
    const reason: unknown = event.reason;
    if (!(reason instanceof Error) || !/^(ChunkLoadError|CSS_CHUNK)/.test(reason.name)) return;
    event.preventDefault();
    for (const listener of listeners) listener();
  });
}

/** True when the page that was asked for did not come. */
export function usePageLost(): boolean {
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (PLATFORM !== "h5") return undefined;
    watch();
    const listener = () => setLost(true);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return lost;
}

export function fetchAgain(): void {
  if (PLATFORM === "h5") location.reload();
}
