import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Live, makeLive, type Watch, type WireEvents } from "./live.ts";

/** The other end of each connection that was made. */
type End = WireEvents & { said: { scopes: string[]; token?: string }[]; closedByUs: boolean };

let ends: End[];
let live: Live;
let token: string | undefined;
beforeEach(() => {
  vi.useFakeTimers();
  ends = [];
  token = undefined;
  live = makeLive({
    connect: (events) => {
      const end: End = { ...events, said: [], closedByUs: false };
      ends.push(end);
      return {
        send: (text) => end.said.push(JSON.parse(text)),
        close: () => {
          end.closedByUs = true;
        },
      };
    },
    who: () => ({ client: "weapp/1.0.0", ...(token ? { token } : {}) }),
    now: () => Date.now(),
    chance: () => 0.5,
  });
});
afterEach(() => vi.useRealTimers());

const page = (...scopes: string[]): Watch & { tell: ReturnType<typeof vi.fn<() => void>> } => ({
  scopes,
  seen: new Map(),
  tell: vi.fn<() => void>(),
});
const last = (): End => {
  const end = ends.at(-1);
  if (!end) throw new Error("no connection was made");
  return end;
};
const news = (at: Record<string, [number, number]>) => last().text(JSON.stringify({ at }));
const old = 1_000_000;
/** The connection lives on for so long: the server gives its signs of life. */
const live25s = (times: number) => {
  for (let at = 0; at < times; at++) {
    vi.advanceTimersByTime(25_000);
    last().text("{}");
  }
};
/** Waits for the next try. */
const tried = () => {
  for (const before = ends.length; ends.length === before; ) vi.advanceTimersByTime(1_000);
};

test("a page that watches opens the connection, says what it watches, and is told of each newer version once", () => {
  const feed = page("village:1");
  live.watch(feed);
  last().open();
  expect(last().said).toEqual([{ client: "weapp/1.0.0", scopes: ["village:1"] }]);
  news({ "village:1": [4, old] });
  expect(feed.tell).not.toHaveBeenCalled();
  news({ "village:1": [5, 0] });
  news({ "village:1": [5, 1] });
  expect(feed.tell).toHaveBeenCalledTimes(1);
});

test("what changed just before a page began to watch is news to it: it may show what was kept on the phone", () => {
  const feed = page("village:1");
  live.watch(feed);
  last().open();
  news({ "village:1": [4, 20] });
  expect(feed.tell).toHaveBeenCalledTimes(1);
  const second = page("village:1");
  live.watch(second);
  expect(second.tell).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(70_000 - 20_000);
  const third = page("village:1");
  live.watch(third);
  expect(third.tell).not.toHaveBeenCalled();
});

test("several pages share one connection; only those concerned are told", () => {
  const [feed, post] = [page("village:1"), page("post:A", "case:B")];
  live.watch(feed);
  last().open();
  live.watch(post);
  vi.advanceTimersByTime(20);
  expect(ends.length).toBe(1);
  expect(last().said.at(-1)?.scopes).toEqual(["village:1", "post:A", "case:B"]);
  news({ "village:1": [1, old], "post:A": [1, old], "case:B": [1, old] });
  news({ "post:A": [2, 0], "case:B": [2, 0] });
  expect([feed.tell.mock.calls.length, post.tell.mock.calls.length]).toEqual([0, 1]);
});

test("a page that is shown again is told of what it missed, though the connection heard it for another", () => {
  const [feed, post] = [page("village:1"), page("village:1")];
  const hide = live.watch(feed);
  last().open();
  news({ "village:1": [1, old] });
  live.watch(post);
  hide();
  news({ "village:1": [2, 0] });
  live25s(12);
  expect(feed.tell).not.toHaveBeenCalled();
  live.watch(feed);
  expect(feed.tell).toHaveBeenCalledTimes(1);
});

test("without a shown page the connection ends, but not between two pages", () => {
  const hide = live.watch(page("village:1"));
  last().open();
  hide();
  vi.advanceTimersByTime(1_000);
  const leave = live.watch(page("village:1"));
  vi.advanceTimersByTime(5_000);
  expect([ends.length, last().closedByUs]).toEqual([1, false]);
  leave();
  vi.advanceTimersByTime(2_000);
  expect(last().closedByUs).toBe(true);
  vi.advanceTimersByTime(600_000);
  expect(ends.length).toBe(1);
});

test("a broken connection is made again with growing pauses, and what was missed is told", () => {
  const feed = page("village:1");
  live.watch(feed);
  last().open();
  news({ "village:1": [1, old] });
  const pauses = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000].map((pause) => {
    const before = ends.length;
    last().closed(1006);
    vi.advanceTimersByTime(pause - 1);
    const early = ends.length - before;
    vi.advanceTimersByTime(1);
    return [early, ends.length - before];
  });
  expect(pauses).toEqual(pauses.map(() => [0, 1]));
  const asked = feed.tell.mock.calls.length;
  last().open();
  news({ "village:1": [2, 100] });
  expect(feed.tell).toHaveBeenCalledTimes(asked + 1);
});

test("while the connection cannot be had the shown pages ask now and then, and no more once it works", () => {
  const feed = page("village:1");
  live.watch(feed);
  vi.advanceTimersByTime(100_000);
  const asked = feed.tell.mock.calls.length;
  expect(asked).toBe(4);
  tried();
  last().open();
  news({ "village:1": [1, old] });
  live25s(10);
  expect(feed.tell).toHaveBeenCalledTimes(asked);
});

test("a connection that says nothing any more, or never opens, is given up and made anew", () => {
  live.watch(page("village:1"));
  vi.advanceTimersByTime(15_000);
  expect(last().closedByUs).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(ends.length).toBe(2);
  last().open();
  news({ "village:1": [1, old] });
  vi.advanceTimersByTime(60_000);
  expect(last().closedByUs).toBe(true);
  // What the dead one still says is not heard.
  const dead = last();
  vi.advanceTimersByTime(1_000);
  dead.closed(1006);
  expect(ends.length).toBe(3);
});

test("without a network nothing is tried and nobody is told to ask; with the network it is there at once", () => {
  const feed = page("village:1");
  live.watch(feed);
  last().open();
  live.able(false);
  expect(last().closedByUs).toBe(true);
  vi.advanceTimersByTime(600_000);
  expect([ends.length, feed.tell.mock.calls.length]).toEqual([1, 0]);
  live.able(true);
  expect(ends.length).toBe(2);
});

test("who is told that the question is bad, or the house full, waits long", () => {
  live.watch(page("village:1"));
  last().closed(1008);
  vi.advanceTimersByTime(599_000);
  expect(ends.length).toBe(1);
  vi.advanceTimersByTime(1_000);
  last().closed(1013);
  vi.advanceTimersByTime(29_000);
  expect(ends.length).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(ends.length).toBe(3);
});

test("who signs in asks anew with the new session", () => {
  live.watch(page("post:A"));
  last().open();
  token = "t";
  live.anew();
  expect([ends.length, ends[0]?.closedByUs]).toEqual([2, true]);
  last().open();
  expect(last().said).toEqual([{ client: "weapp/1.0.0", token: "t", scopes: ["post:A"] }]);
});

test("a connection that fails while it is being made is tried again, not kept", () => {
  const failing = makeLive({
    connect: (events) => {
      ends.push({ ...events, said: [], closedByUs: false });
      events.closed(0);
      return { send: () => undefined, close: () => undefined };
    },
    who: () => ({ client: "weapp/1.0.0" }),
    now: () => Date.now(),
    chance: () => 0.5,
  });
  failing.watch(page("village:1"));
  vi.advanceTimersByTime(3_000);
  expect(ends.length).toBe(3);
});
