import { createTRPCUntypedClient, httpBatchLink } from "@trpc/client";
import type { Contract } from "@weimenhu/contract";
import type * as z from "zod/mini";

type Rooms = keyof Contract;
type Names = { [F in Rooms]: `${F}.${Extract<keyof Contract[F], string>}` }[Rooms];
type At<N extends string> = N extends `${infer F}.${infer P}`
  ? F extends keyof Contract
    ? P extends keyof Contract[F]
      ? Contract[F][P]
      : never
    : never
  : never;
type OfKind<K> = { [N in Names]: At<N> extends { kind: K } ? N : never }[Names];

export type AskName = OfKind<"query">;
export type ActName = OfKind<"mutation">;
export type In<N extends Names> = At<N> extends { input: infer I extends z.ZodMiniType } ? z.input<I> : never;
export type Out<N extends Names> = At<N> extends { output: infer O extends z.ZodMiniType } ? z.output<O> : never;

let opener: string | null = null;
/** Who this page was opened by: another tab may have signed in as somebody else, and the cookie is theirs. */
export const openedBy = (id: string | null): void => {
  opener = id;
};

export const clientHeaders = (): Record<string, string> => ({
  "x-client": "desk/1.0.0",
  ...(opener === null ? {} : { "x-person": opener }),
});
const patienceMs = 20_000;

/** Every request ends: by an answer, by its caller, or by the clock. */
function fetchInTime(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  const ends = [AbortSignal.timeout(patienceMs), ...(init?.signal ? [init.signal] : [])];
  return fetch(input, { ...init, credentials: "same-origin", signal: AbortSignal.any(ends) });
}

const client = createTRPCUntypedClient({
  links: [
    httpBatchLink({
      url: "/trpc",
      maxURLLength: 2000,
      maxItems: 10,
      headers: clientHeaders,
      fetch: (input, init) => fetchInTime(input, init as RequestInit),
    }),
  ],
});

export function ask<N extends AskName>(name: N, input: In<N>, signal?: AbortSignal): Promise<Out<N>> {
  return client.query(name, input, signal ? { signal } : {}) as Promise<Out<N>>;
}

export function act<N extends ActName>(name: N, input: In<N>): Promise<Out<N>> {
  return client.mutation(name, input) as Promise<Out<N>>;
}
