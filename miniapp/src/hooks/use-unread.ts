import { useEffect, useMemo } from "react";
import { tabBadge } from "../platform/badge.ts";
import { isWeb } from "../platform/env.ts";
import { useSession } from "../session.ts";
import { useAsk } from "./use-ask.ts";
import { useLive } from "./use-live.ts";

/**
 * How many messages I have not read, also as the number on the tab 我的; 0 for nobody. For tab pages; the site has no number
 * on its bar, so there only a page that shows it itself asks (`shown`).
 */
export function useUnread(shown = false): number {
  const { me } = useSession();
  const known = useAsk("messages.unread", me === null || (isWeb && !shown) ? null : {}, { freshMs: 20_000 });
  const id = isWeb && !shown ? "" : (me?.id ?? "");
  useLive(
    useMemo(() => (id === "" ? [] : [`inbox:${id}`]), [id]),
    known.retry,
  );
  const unread = me === null ? 0 : (known.data?.unread ?? 0);
  useEffect(() => tabBadge("me", unread), [unread]);
  return unread;
}
