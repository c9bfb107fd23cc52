import { type LiveAsk, type LiveNews, liveClose, liveLimits } from "@weimenhu/contract/live-wire";

/** A connection as the platform makes it. After `closed` nothing more is told of it. */
export type Wire = { send: (text: string) => void; close: () => void };
export type WireEvents = { open: () => void; text: (text: string) => void; closed: (code: number) => void };

export type LiveDeps = {
  connect: (events: WireEvents) => Wire;
  /** Who says so, for each message; a site's session is in its cookie. */
  who: () => Pick<LiveAsk, "client" | "token">;
  now: () => number;
  /** From 0 to 1. */
  chance: () => number;
};

/** One page that watches. `seen` outlives its hiding: what changed meanwhile is news when it is shown again. */
export type Watch = { scopes: readonly string[]; seen: Map<string, number>; tell: () => void };

/** A page may show what was kept on the phone for so long, so a change as young as this is news to it. */
const youngMs = 60_000;
const openMs = 15_000;
const silentMs = 2 * liveLimits.beatMs + 10_000;
/** From page to page nothing is closed and opened again. */
const lingerMs = 2_000;
const pollMs = 25_000;
const mostWaitMs = 60_000;

type Timer = ReturnType<typeof setTimeout>;
type Known = { version: number; at: number };

export type Live = {
  /** Begins to watch; answers how to end it. */
  watch: (watch: Watch) => () => void;
  /** Is there a network, and is the app in sight? */
  able: (able: boolean) => void;
  /** Somebody signed in or out: they may watch something else now. */
  anew: () => void;
};

/**
 * The one connection of the app: open while a page that watches is shown and there is a network, made again with growing
 * pauses when it breaks, and replaced by asking now and then for as long as it cannot be had.
 */
export function makeLive(deps: LiveDeps): Live {
  const watches = new Set<Watch>();
  /** What the server last said of the scopes it was asked for, on this connection. */
  const known = new Map<string, Known>();
  let wire: Wire | null = null;
  let isOpen = false;
  /** Has it answered? */
  let works = false;
  let said = "";
  let failures = 0;
  let canBe = true;
  /** Events of a connection that was given up say nothing about the one of now. */
  let current = 0;
  let retry: Timer | null = null;
  let patience: Timer | null = null;
  let closing: Timer | null = null;
  let saying: Timer | null = null;
  let polling: ReturnType<typeof setInterval> | null = null;

  function update(): void {
    if (canBe && watches.size > 0) {
      closing = stopped(closing);
      polling ??= setInterval(poll, pollMs);
      if (!wire && !retry) connect();
      else if (isOpen) saying ??= setTimeout(say, 20);
      return;
    }
    if (polling) clearInterval(polling);
    polling = null;
    retry = stopped(retry);
    if (wire) closing ??= setTimeout(drop, lingerMs);
  }

  function connect(): void {
    const mine = ++current;
    wait(openMs);
    const made = deps.connect({
      open: () => {
        if (mine !== current) return;
        isOpen = true;
        wait(silentMs);
        say();
      },
      text: (text) => {
        if (mine !== current) return;
        wait(silentMs);
        hear(text);
      },
      closed: (code) => {
        if (mine === current) broken(code);
      },
    });
    if (mine === current) wire = made;
  }

  /** Says what is watched, all of it, when that is not what was said last. */
  function say(): void {
    saying = stopped(saying);
    if (!isOpen) return;
    const scopes = [...new Set([...watches].flatMap((watch) => watch.scopes))].slice(0, liveLimits.scopes);
    const text = JSON.stringify({ ...deps.who(), scopes });
    if (text === said || scopes.length === 0) return;
    said = text;
    for (const scope of [...known.keys()]) if (!scopes.includes(scope)) known.delete(scope);
    wire?.send(text);
  }

  function hear(text: string): void {
    // From our own server: the shape is the contract's.
    const { at } = JSON.parse(text) as LiveNews;
    if (!at) return;
    works = true;
    failures = 0;
    for (const [scope, [version, secondsAgo]] of Object.entries(at)) {
      known.set(scope, { version, at: deps.now() - secondsAgo * 1_000 });
    }
    const told = [...watches].filter((watch) => hasNews(watch, (scope) => scope in at));
    for (const watch of told) watch.tell();
  }

  /** Every scope is noted as seen, also behind the first that is news. */
  const hasNews = (watch: Watch, about: (scope: string) => boolean): boolean =>
    watch.scopes.filter((scope) => {
      const now = about(scope) ? known.get(scope) : undefined;
      if (!now) return false;
      const seen = watch.seen.get(scope);
      watch.seen.set(scope, now.version);
      return seen === undefined ? deps.now() - now.at < youngMs : seen !== now.version;
    }).length > 0;

  function poll(): void {
    if (!works) for (const watch of [...watches]) watch.tell();
  }

  function wait(ms: number): void {
    stopped(patience);
    patience = setTimeout(() => {
      const late = wire;
      broken(0);
      late?.close();
    }, ms);
  }

  function broken(code: number): void {
    forget();
    failures++;
    if (!canBe || watches.size === 0) return;
    const again = () => {
      retry = null;
      update();
    };
    retry = setTimeout(again, pauseAfter(failures, code) * (0.5 + deps.chance()));
  }

  function drop(): void {
    const old = wire;
    forget();
    old?.close();
  }

  function forget(): void {
    current++;
    wire = null;
    isOpen = false;
    works = false;
    said = "";
    known.clear();
    retry = stopped(retry);
    patience = stopped(patience);
    closing = stopped(closing);
    saying = stopped(saying);
  }

  return {
    watch(watch) {
      watches.add(watch);
      const news = hasNews(watch, () => true);
      update();
      if (news) watch.tell();
      return () => {
        watches.delete(watch);
        update();
      };
    },
    able(able) {
      if (able === canBe) return;
      canBe = able;
      failures = 0;
      if (!able) drop();
      update();
    },
    anew() {
      if (!wire) return;
      drop();
      update();
    },
  };
}

/** A whole village comes back after a restart: each after a pause of its own, longer each time that it is in vain. */
function pauseAfter(failures: number, code: number): number {
  if (code === liveClose.bad || code === liveClose.tooLarge) return 10 * mostWaitMs;
  if (code === liveClose.later) return mostWaitMs / 2;
  return Math.min(mostWaitMs, 1_000 * 2 ** Math.min(failures - 1, 6));
}

function stopped(timer: Timer | null): null {
  if (timer !== null) clearTimeout(timer);
  return null;
}
