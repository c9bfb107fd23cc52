import { useDidShow, useLaunch, usePageNotFound } from "@tarojs/taro";
import type { ReactNode } from "react";
import { startAgain, to } from "./platform/navigate.ts";
import { refreshMe, useSession } from "./session.ts";
import "./ui/tokens.css";
import "./ui/icons.css";
import "./ui/ui.css";
import "frame.css";

export default function App({ children }: { children?: ReactNode }) {
  useLaunch(() => {
    refreshMe().catch((error: unknown) => console.warn("start without knowing who is here", error));
  });
  // Back from another app, perhaps with a network again.
  useDidShow(() => {
    if (useSession.getState().state === "lost") void refreshMe();
  });
  usePageNotFound(() => startAgain(to("home")));
  return children;
}
