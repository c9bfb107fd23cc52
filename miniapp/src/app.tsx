import { useDidShow, useLaunch, usePageNotFound } from "@tarojs/taro";
import type { ReactNode } from "react";
import { kept } from "./hooks/kept.ts";
import { siteIsAlso } from "./platform/address.ts";
import { handScanned, startAgain, to } from "./platform/navigate.ts";
import { watchPrivacy } from "./platform/privacy.ts";
import { watchUpdates } from "./platform/update.ts";
import { readAhead } from "./read-ahead.ts";
import { answerName } from "./rpc-names.ts";
import { sendWaiting, watchSending } from "./sending.ts";
import { refreshMe, refreshOldMe, watchTabs } from "./session.ts";
import "./ui/tokens.css";
import "./ui/icons.css";
import "./ui/ui.css";
import "frame.css";

/** The site's own name, from what it last said about itself. */
function siteDomain(): string | null {
  const about = kept.read(answerName("site.about", {}))?.data;
  return typeof about === "object" && about !== null && "domain" in about ? String(about.domain) : null;
}

export default function App({ children }: { children?: ReactNode }) {
  useLaunch((options) => {
    handScanned(options?.query);
    siteIsAlso(siteDomain);
    watchPrivacy();
    watchUpdates();
    watchSending();
    watchTabs();
    readAhead();
    refreshMe().catch((error: unknown) => console.warn("start without knowing who is here", error));
  });
  // Back from another app: perhaps with a network again, perhaps to see what became of an application.
  useDidShow((options?: { query?: Record<string, unknown> }) => {
    handScanned(options?.query);
    refreshOldMe(0);
    void sendWaiting();
  });
  usePageNotFound(() => startAgain(to("home")));
  return children;
}
