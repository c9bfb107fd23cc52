import type { Log } from "./log.ts";

export type StopStep = { name: string; run: () => Promise<unknown> };
export type Stopper = {
  /** For the readiness check. */
  stopping: () => boolean;
  /** The same as SIGTERM, for tests and for a fault at the start. */
  stop: (why: string) => Promise<void>;
};

/**
 * On SIGTERM or SIGINT: readiness turns to no, then the steps run in order (stop accepting and finish what is in flight,
 * hand back leases, close the pool), then the process exits with 0. A step that fails does not keep the next from running.
 * After `withinMs`, or at a second signal, it exits with 1 whatever is left.
 */
export function gracefulStop(settings: {
  log: Log;
  steps: readonly StopStep[];
  withinMs?: number;
  exit?: (code: number) => void;
}): Stopper {
  const { log, steps, withinMs = 9_000, exit = (code) => process.exit(code) } = settings;
  let running: Promise<void> | null = null;

  const run = async (why: string): Promise<void> => {
    log.info({ why }, "stopping");
    const late = setTimeout(() => {
      log.error("not stopped in time");
      exit(1);
    }, withinMs);
    let failed = false;
    for (const step of steps) {
      try {
        await step.run();
      } catch (fault) {
        failed = true;
        log.error({ err: fault, step: step.name }, "a step of stopping failed");
      }
    }
    clearTimeout(late);
    log.info("stopped");
    exit(failed ? 1 : 0);
  };
  const stop = (why: string): Promise<void> => {
    running ??= run(why);
    return running;
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (running) exit(1);
      else void stop(signal);
    });
  }
  return { stopping: () => running !== null, stop };
}
