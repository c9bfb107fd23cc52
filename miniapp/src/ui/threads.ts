type Line = { id: string; under: string | null };
export type Thread<T extends Line> = { root: T; under: T[] };

/** Answers stand under what they answer; one whose root is not here yet stands by itself. */
export function threadsOf<T extends Line>(all: readonly T[]): Thread<T>[] {
  const threads = new Map<string, Thread<T>>();
  for (const said of all) {
    const thread = said.under === null ? undefined : threads.get(said.under);
    if (thread) thread.under.push(said);
    else threads.set(said.id, { root: said, under: [] });
  }
  return [...threads.values()];
}
