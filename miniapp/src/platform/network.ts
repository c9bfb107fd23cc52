import Taro, { useDidHide, useDidShow } from "@tarojs/taro";
import { useEffect, useRef, useState } from "react";

/** As WeChat and Alipay call it. */
const noNetwork: readonly string[] = ["none", "NOTREACHABLE"];

let online = true;
const listeners = new Set<(online: boolean) => void>();
let watching = false;

function tell(state: boolean): void {
  online = state;
  for (const listener of listeners) listener(state);
}

function watch(): void {
  if (watching) return;
  watching = true;
  if (PLATFORM === "h5") {
    online = navigator.onLine;
    addEventListener("online", () => tell(true));
    addEventListener("offline", () => tell(false));
  } else {
    Taro.onNetworkStatusChange(({ isConnected }) => tell(isConnected));
    Taro.getNetworkType()
      .then(({ networkType }) => tell(!noNetwork.includes(networkType)))
      .catch((error: unknown) => console.warn("network state is not known", error));
  }
}

/** Calls back each time that a network comes back, for as long as the app runs. */
export function whenOnline(tell: () => void): void {
  watch();
  listeners.add((state) => {
    if (state) tell();
  });
}

/** Tells at once, and at each change, whether there is a network. */
export function watchNetwork(tell: (online: boolean) => void): void {
  watch();
  tell(online);
  listeners.add(tell);
}

/** Calls `then` when the network comes back while the page is shown. What only asks may ask again; an act never repeats by itself. */
export function useNetworkBack(then: () => void): void {
  const latest = useRef(then);
  latest.current = then;
  const shown = useRef(true);
  useDidShow(() => {
    shown.current = true;
  });
  useDidHide(() => {
    shown.current = false;
  });
  useEffect(() => {
    watch();
    let before = online;
    const listener = (state: boolean) => {
      const back = state && !before;
      before = state;
      if (back && shown.current) latest.current();
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}

/** Is there a network, as the phone knows it? Starts with yes. */
export function useOnline(): boolean {
  const [state, set] = useState(online);
  useEffect(() => {
    watch();
    set(online);
    listeners.add(set);
    return () => {
      listeners.delete(set);
    };
  }, []);
  return state;
}
