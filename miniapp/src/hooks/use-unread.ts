import { useEffect, useMemo } from "react";
import { tabBadge } from "../platform/badge.ts";
import { useSession } from "../session.ts";
import { useAsk } from "./use-ask.ts";
import { useLive } from "./use-live.ts";

/** How many messages I have not read, also as the number on the tab 我的; 0 for nobody. For tab pages. */
export function useUnread(): number {
  const { me } = useSession();
  const known = useAsk("messages.unread", me === null ? null : {}, { freshMs: 20_000 });
  const id = me?.id ?? "";
  useLive(
    useMemo(() => (id === "" ? [] : [`inbox:${id}`]), [id]),
    known.retry,
  );
  const unread = me === null ? 0 : (known.data?.unread ?? 0);
  useEffect(() => tabBadge("me", unread), [unread]);
  return unread;
}
