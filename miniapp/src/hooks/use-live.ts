import { useDidHide, useDidShow } from "@tarojs/taro";
import { useEffect, useRef, useState } from "react";
import { now } from "../platform/clock.ts";
import { clientName } from "../platform/env.ts";
import { openSocket, watchReach } from "../platform/socket.ts";
import { currentToken } from "../rpc.ts";
import { useSession } from "../session.ts";
import { type Live, makeLive } from "./live.ts";

let live: Live | null = null;

/** One for the app, from the first page on that watches something. */
function theLive(): Live {
  if (live) return live;
  const made = makeLive({
    connect: openSocket,
    who: () => {
      const token = currentToken();
      return { client: clientName, ...(token === null ? {} : { token }) };
    },
    now,
    chance: Math.random,
  });
  live = made;
  watchReach(made.able);
  useSession.subscribe((session, before) => {
    // At the start the session that is only being asked for was sent along already.
    if (before.state !== "asking" && session.me?.id !== before.me?.id) made.anew();
  });
  return made;
}

/**
 * Calls `onNews` when something changed in one of these scopes while the page is shown, or since it was last shown:
 * `village:990101101201` (posts, comments, answers), `notices:990101101201` (of this place alone, without those above it),
 * `case:<id>`, `post:<id>`. It says nothing about what changed: ask anew, as in `useLive([scope], answer.retry)`. An empty
 * list watches nothing. Without a connection it is called every now and then.
 */
export function useLive(scopes: readonly string[], onNews: () => void): void {
  const [shown, setShown] = useState(true);
  const tell = useRef(onNews);
  tell.current = onNews;
  const seen = useRef(new Map<string, number>());
  useDidHide(() => setShown(false));
  useDidShow(() => setShown(true));
  const watched = scopes.join(" ");
  useEffect(() => {
    if (!shown || watched === "") return undefined;
    return theLive().watch({ scopes: watched.split(" "), seen: seen.current, tell: () => tell.current() });
  }, [shown, watched]);
}
