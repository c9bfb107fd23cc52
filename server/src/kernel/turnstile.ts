/**
 * Lets at most `most` works run at a time; the others stand in line, first come first served. For what a crowd does at one
 * moment, so that it does not take every connection from everybody else.
 */
export function turnstile(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const line: (() => void)[] = [];
  return async (work) => {
    if (inside >= most) await new Promise<void>((turn) => line.push(turn));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
