import { lockDataDir } from "./lock.mjs";
import { explain, Plain } from "./say.mjs";

/** Somebody asked us to end: Ctrl-C, a signal, or the npm that started us is gone. */
class Asked extends Error {}

/**
 * `ended` rejects when it is time to stop: with `Asked` when somebody asked, with the loss when a part broke down.
 * npm passes a Ctrl-C on that the terminal has sent us too, so only one that comes later means "now, at once".
 */
function ending() {
  let end;
  const ended = new Promise((_, reject) => (end = reject));
  ended.catch(() => undefined); // it may reject while nobody waits yet; whoever waits later still sees it
  let first = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (first && performance.now() - first > 1_000) process.exit(130);
      first ||= performance.now();
      end(new Asked(signal));
    });
  }
  if (process.env.npm_lifecycle_event) {
    const npm = process.ppid;
    setInterval(() => process.ppid !== npm && end(new Asked("npm is gone")), 1_000).unref();
  }
  return { ended, lose: (fault) => end(fault) };
}

/** Runs `work` until somebody asks to end, then `finish`; the process ends with it, so nothing half-started remains. */
async function live(work, finish) {
  const { ended, lose } = ending();
  let code = 0;
  try {
    await Promise.race([work(lose), ended]);
    await ended;
  } catch (fault) {
    if (!(fault instanceof Asked)) {
      explain(fault);
      code = fault instanceof Plain ? fault.code : 1;
    }
  }
  await finish();
  process.exit(code);
}

/** Runs a county made of `parts` on the data folder, one at a time, until somebody asks to end or a part is lost. */
export async function county(parts, start) {
  let unlock;
  try {
    unlock = lockDataDir();
  } catch (fault) {
    explain(fault);
    process.exit(1);
  }
  await live(
    (lose) => {
      parts.onLoss = (message) => lose(new Plain(message));
      return start();
    },
    async () => {
      await parts.stop();
      unlock();
    },
  );
}
