import { useDidHide, useDidShow } from "@tarojs/taro";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Fault, isWayLost, isWord } from "../fault.ts";
import { lastHere } from "../mine.ts";
import { now } from "../platform/clock.ts";
import { useNetworkBack } from "../platform/network.ts";
import { ask, faultIn } from "../rpc.ts";
import { answerName } from "../rpc-names.ts";
import type { AskName, InputOf, OutputOf } from "../wire.ts";
import { firstAnswer } from "./first-answers.ts";
import { forgetAnswer, isPublic, keeperOf, type PublicAsk, recall, remember } from "./kept.ts";
import type { OwnAsk } from "./kept-mine.ts";

export type Answer<T> = {
  /** loading: nothing to show yet · ready: `data` is there · fault: nothing came and nothing was kept */
  state: "loading" | "ready" | "fault";
  data: T | null;
  /** When the data was true, in epoch milliseconds. */
  at: number | null;
  /** The data is a kept copy and could not be asked anew. */
  stale: boolean;
  busy: boolean;
  fault: Fault | null;
  retry: () => void;
};

export type AskOptions<N extends AskName> = {
  /** Keep the answer on the phone for reading without a network. */
  keep?: N extends PublicAsk | OwnAsk ? boolean : false;
  /** Answers younger than this are not asked again when the page is shown. */
  freshMs?: number;
};

type Held<T> = { name: string; data: T | null; at: number | null; fault: Fault | null; busy: boolean };

/** Answers come from our own server under the same name: their shape is the contract's. */
function found<T>(name: string, keep: boolean): { data: T; at: number } | null {
  const answer = recall(name) ?? firstAnswer(name) ?? (keep ? keeperOf(name).read(name) : null);
  return answer ? { data: answer.data as T, at: answer.at } : null;
}

function start<T>(name: string | null, keep: boolean): Held<T> {
  const answer = name === null ? null : found<T>(name, keep);
  return { name: name ?? "", data: answer?.data ?? null, at: answer?.at ?? null, fault: null, busy: name !== null };
}

/** Words after which a kept answer is not for this person any more. */
const ends = ["NOT_FOUND", "NOT_ALLOWED", "FOLLOW_FIRST"] as const;

/**
 * Asks and keeps asking: first what is known (this sitting, the page's first answers, the phone), then the server.
 * `input` null asks nothing yet. Asked again when the page is shown and the answer is older than `freshMs`.
 */
export function useAsk<N extends AskName>(
  procedure: N,
  input: InputOf<N> | null,
  options: AskOptions<N> = {},
): Answer<OutputOf<N>> {
  type T = OutputOf<N>;
  const keep = options.keep === true;
  const { freshMs = 30_000 } = options;
  const name = input === null ? null : answerName(procedure, input);
  const [held, setHeld] = useState<Held<T>>(() => start(name, keep));
  const wanted = useRef(name);
  wanted.current = name;
  const question = useRef(input);
  question.current = input;
  const running = useRef<string | null>(null);
  const current = held.name === (name ?? "") ? held : start<T>(name, keep);

  const load = useCallback(
    (force: boolean) => {
      const input = question.current;
      if (name === null || input === null) return;
      // What was kept for one person only bridges the wait: it is asked again with every start.
      const known = found<T>(name, keep && isPublic(name));
      if (!force && known && now() - known.at < freshMs) {
        // The page's first answers came without asking; they too are for reading without a network.
        if (keep && recall(name) === null) keeperOf(name).write(name, known.data, known.at);
        remember(name, known.data, known.at);
        setHeld({ name, data: known.data, at: known.at, fault: null, busy: false });
        return;
      }
      // The page's own first show comes when it is being asked already.
      if (!force && running.current === name) return;
      running.current = name;
      const over = () => {
        if (running.current === name) running.current = null;
      };
      setHeld((old) => ({ ...(old.name === name ? old : start<T>(name, keep)), busy: true }));
      const asked = async (): Promise<T> => {
        const of = isPublic(name) ? null : lastHere();
        const data = await ask(procedure, input);
        // Asked for by somebody who was here before: nobody else's.
        return of === null || of === lastHere() ? data : asked();
      };
      asked()
        .finally(over)
        .then(
          (data) => {
            remember(name, data, now());
            if (keep) keeperOf(name).write(name, data, now());
            if (wanted.current === name) setHeld({ name, data, at: now(), fault: null, busy: false });
          },
          (error: unknown) => {
            const fault = faultIn(error);
            const ended = keep && !isPublic(name) && ends.some((word) => isWord(fault, word));
            if (ended) forgetAnswer(name);
            if (wanted.current !== name) return;
            setHeld((old) => ({ ...old, data: ended ? null : old.data, fault, busy: false }));
          },
        );
    },
    [procedure, name, keep, freshMs],
  );

  useEffect(() => load(false), [load]);
  useDidShow(() => load(false));
  // The phone may drop what runs while the app is away: after it, that is no reason not to ask.
  useDidHide(() => {
    running.current = null;
  });
  // A page that is hidden asks when it is shown.
  const wayLost = isWayLost(current.fault);
  useNetworkBack(() => {
    if (wayLost) load(true);
  });

  const retry = useCallback(() => load(true), [load]);
  const state = current.data !== null ? "ready" : current.fault ? "fault" : "loading";
  return {
    state,
    data: current.data,
    at: current.at,
    stale: current.data !== null && current.fault !== null,
    busy: current.busy,
    fault: current.fault,
    retry,
  };
}
