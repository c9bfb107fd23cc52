import { useEffect, useState } from "react";
import { now } from "./clock.ts";

/** Whole seconds left, 0 when it is over; by the clock, so a page that slept is right when it wakes. */
export function useCountdown(): { left: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (until === 0) return undefined;
    const timer = setInterval(() => {
      setAt(now());
      if (now() >= until) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [until]);
  const start = (seconds: number) => {
    setAt(now());
    setUntil(now() + seconds * 1000);
  };
  return { left: Math.max(0, Math.ceil((until - at) / 1000)), start };
}
