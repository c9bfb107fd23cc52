import { useDidHide, useDidShow } from "@tarojs/taro";
import { useEffect, useRef, useState } from "react";

/** How often a shown page asks again by itself. */
const everyMs = 25_000;

/**
 * Calls `onNews` when something changed in one of these scopes while the page is shown: `village:990101101201`,
 * `case:<id>`, `post:<id>`. It says nothing about what changed: ask anew, as in `useLive([scope], answer.retry)`. An empty
 * list watches nothing.
 */
export function useLive(scopes: readonly string[], onNews: () => void): void {
  const [shown, setShown] = useState(true);
  const tell = useRef(onNews);
  tell.current = onNews;
  const hidden = useRef(false);
  useDidHide(() => {
    hidden.current = true;
    setShown(false);
  });
  useDidShow(() => {
    setShown(true);
    if (hidden.current && scopes.length > 0) tell.current();
    hidden.current = false;
  });
  const watched = scopes.join(" ");
  useEffect(() => {
    if (!shown || watched === "") return undefined;
    const timer = setInterval(() => tell.current(), everyMs);
    return () => clearInterval(timer);
  }, [shown, watched]);
}
