import Taro from "@tarojs/taro";
import { useEffect, useState } from "react";

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
