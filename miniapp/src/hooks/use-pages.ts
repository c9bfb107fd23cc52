import { useCallback, useRef, useState } from "react";
import { type Fault, isWayLost } from "../fault.ts";
import { useNetworkBack } from "../platform/network.ts";
import { ask, faultIn } from "../rpc.ts";
import { answerName } from "../rpc-names.ts";
import type { AskName, InputOf, OutputOf } from "../wire.ts";
import { type Answer, type AskOptions, useAsk } from "./use-ask.ts";

/** Procedures that answer `{ items, next }` and take `cursor`. */
type ItemOf<N extends AskName> = OutputOf<N> extends { items: (infer I)[]; next: string | null } ? I : never;

export type Pages<N extends AskName> = {
  first: Answer<OutputOf<N>>;
  items: ItemOf<N>[];
  more: "some" | "busy" | "fault" | "end";
  moreFault: Fault | null;
  loadMore: () => void;
  /** Replaces one row after an act on it. */
  replace: (same: (item: ItemOf<N>) => boolean, by: ItemOf<N> | null) => void;
};

type Rest<I> = { of: string; at: number | null; items: I[]; next: string | null; busy: boolean; fault: Fault | null };
type PageOf<I> = { items: I[]; next: string | null };

/** A list by keyset: the first page like `useAsk`, the following ones by `loadMore` (call it at the bottom). */
export function usePages<N extends AskName>(name: N, input: InputOf<N> | null, options: AskOptions<N> = {}): Pages<N> {
  type I = ItemOf<N>;
  const first = useAsk(name, input, options);
  const page = first.data as PageOf<I> | null;
  const of = input === null ? "" : answerName(name, input);
  const [rest, setRest] = useState<Rest<I> | null>(null);
  const running = useRef(false);
  // A fresh first page starts the list anew, else rows would repeat or be missed between the two.
  const known = rest && rest.of === of && rest.at === first.at ? rest : null;
  const base: Rest<I> = known ?? {
    of,
    at: first.at,
    items: page?.items ?? [],
    next: page?.next ?? null,
    busy: false,
    fault: null,
  };

  const latest = useRef(base);
  latest.current = base;

  const loadMore = useCallback(() => {
    const start = latest.current;
    if (running.current || start.next === null || input === null) return;
    running.current = true;
    // An answer for a list that was left in the meantime is dropped.
    const set = (next: Rest<I>) => {
      if (latest.current.of === start.of && latest.current.at === start.at) setRest(next);
    };
    setRest({ ...start, busy: true, fault: null });
    ask(name, { ...input, cursor: start.next })
      .then(
        (answer) => {
          const { items, next } = answer as PageOf<I>;
          set({ ...start, items: [...start.items, ...items], next, busy: false, fault: null });
        },
        (error: unknown) => set({ ...start, busy: false, fault: faultIn(error) }),
      )
      .finally(() => {
        running.current = false;
      });
  }, [name, input]);

  const wayLost = isWayLost(base.fault);
  useNetworkBack(() => {
    if (wayLost) loadMore();
  });

  const replace = useCallback((same: (item: I) => boolean, by: I | null) => {
    const items = latest.current.items.flatMap((item) => (same(item) ? (by === null ? [] : [by]) : [item]));
    // Several may be replaced before the list is drawn again.
    latest.current = { ...latest.current, items };
    setRest(latest.current);
  }, []);

  const more = base.busy ? "busy" : base.fault ? "fault" : base.next === null ? "end" : "some";
  return { first, items: base.items, more, moreFault: base.fault, loadMore, replace };
}
