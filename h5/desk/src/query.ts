import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { isLockedOut, isPassing, refusedOf } from "./refused.ts";
import { type ActName, type AskName, act, ask, type In, type Out } from "./rpc.ts";

/** A call that finds the session gone, or the privacy text newer, makes the desk ask again who is there; the screen follows. */
function lookAgain(error: unknown): void {
  if (isLockedOut(error) || refusedOf(error).word === "CONSENT_FIRST")
    void queries.invalidateQueries({ queryKey: ["account.me"] });
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lookAgain }),
  mutationCache: new MutationCache({ onError: lookAgain }),
  defaultOptions: {
    queries: { retry: (count, error) => count < 2 && isPassing(error), staleTime: 5_000, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});

const work: readonly AskName[] = ["desk.waiting", "cases.desk", "circle.queue", "verification.queue"];
/** What waits for somebody is asked again by itself while the window is looked at, unless it was refused. */
const asksAgain = (name: AskName) => (query: { state: { error: Error | null } }) =>
  work.includes(name) && (query.state.error === null || isPassing(query.state.error)) ? 20_000 : false;

export function useAsk<N extends AskName>(name: N, input: In<N>, enabled = true): UseQueryResult<Out<N>, Error> {
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => ask(name, input, signal),
    enabled,
    refetchInterval: asksAgain(name),
  });
}

/** Asks again every second while something is on its way that the server does in the background. */
export function useLookOut(name: AskName, waits: boolean): void {
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: [name] }), 1_000);
    return () => clearInterval(timer);
  }, [name, waits]);
}

type PageOf<T> = { items: T[]; next: string | null };
type PagedName = { [N in AskName]: Out<N> extends { next: string | null } ? N : never }[AskName];
export type ItemOf<N extends PagedName> = Out<N> extends PageOf<infer T> ? T : never;

export type Pages<T> = {
  items: T[];
  isPending: boolean;
  isFetching: boolean;
  error: Error | null;
  hasMore: boolean;
  more: () => void;
  again: () => void;
};

/** A list that the server pages by cursor; shown pages stay while the filter changes. */
export function usePages<N extends PagedName>(name: N, input: Omit<In<N>, "cursor">): Pages<ItemOf<N>> {
  const query = useInfiniteQuery({
    queryKey: [name, input],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const whole = (pageParam === null ? input : { ...input, cursor: pageParam }) as In<N>;
      return (await ask(name, whole, signal)) as PageOf<ItemOf<N>>;
    },
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: asksAgain(name),
  });
  // What is asked again by itself shows no sign of it.
  const byItself = query.isRefetching && !query.isPlaceholderData && query.error === null;
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: query.isPending,
    isFetching: query.isFetching && !byItself,
    error: query.error,
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    again: () => void query.refetch(),
  };
}

/** What an act finds that only looks: its question must not stand in an address. It is renewed with `list`, whose shape it has. */
export function useFound<N extends PagedName>(
  list: N,
  question: string,
  find: () => Promise<PageOf<ItemOf<N>>>,
): Pages<ItemOf<N>> {
  const query = useQuery({ queryKey: [list, question], queryFn: find, enabled: question !== "" });
  return {
    items: query.data?.items ?? [],
    isPending: query.isPending,
    isFetching: query.isFetching,
    error: query.error,
    hasMore: false,
    more: () => undefined,
    again: () => void query.refetch(),
  };
}

/** What was shown is not so any more: somebody else was faster, or the answer to the first try was lost. */
const isOutdated = (error: unknown): boolean => ["WRONG_STATE", "NOT_FOUND"].includes(refusedOf(error).word);

/** After an act the named lists are asked again, and so when it finds them outdated; `desk.waiting` always is. */
export function useAct<N extends ActName>(
  name: N,
  renews: readonly AskName[] = [],
): UseMutationResult<Out<N>, Error, In<N>> {
  const renew = async () => {
    await Promise.all(
      [...renews, "desk.waiting" as const].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  };
  return useMutation({
    mutationFn: (input: In<N>) => act(name, input),
    onSuccess: renew,
    onError: (error) => {
      if (isOutdated(error)) void renew();
    },
  });
}

/** Leads to one row of a paged list: turns pages until it is there, then shows it. */
export function useSought<T>(pages: Pages<T>, keyOf: (item: T) => string, id: string | null): void {
  const found = id !== null && pages.items.some((item) => keyOf(item) === id);
  const { hasMore, isFetching, error, more } = pages;
  const turn = id !== null && !found && hasMore && !isFetching && !error && pages.items.length < 500;
  useEffect(() => {
    if (turn) more();
  });
  useEffect(() => {
    if (found) document.querySelector("[aria-current='true']")?.scrollIntoView({ block: "center" });
  }, [found]);
}
