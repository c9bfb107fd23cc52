/**
 * Promises that a bundle forgot to catch. Node tells the whole process about them; this tells the host whose realm made
 * the promise, and everybody else's go where they went before (the test runner, or the end of the process).
 */
type Listener = (reason: unknown, promise: Promise<unknown>) => void;

const owners = new Map<PromiseConstructor, (reason: unknown) => void>();
/** Realms of stopped hosts: what they still reject is nobody's business any more. */
const stopped = new WeakSet<PromiseConstructor>();
let others: Listener[] = [];
let watching = false;

export function watchRejections(realmPromise: PromiseConstructor, tell: (reason: unknown) => void): () => void {
  owners.set(realmPromise, tell);
  if (!watching) {
    watching = true;
    others = process.listeners("unhandledRejection") as Listener[];
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", dispatch);
  }
  return () => {
    owners.delete(realmPromise);
    stopped.add(realmPromise);
    if (owners.size === 0) setTimeout(restore, 100).unref();
  };
}

function dispatch(reason: unknown, promise: Promise<unknown>): void {
  const maker: unknown = promise.constructor;
  for (const [realmPromise, tell] of owners) if (maker === realmPromise) return tell(reason);
  if (typeof maker === "function" && stopped.has(maker as PromiseConstructor)) return;
  if (others.length === 0) throw reason;
  for (const other of others) other(reason, promise);
}

function restore(): void {
  if (owners.size > 0 || !watching) return;
  watching = false;
  process.off("unhandledRejection", dispatch);
  for (const other of others) process.on("unhandledRejection", other);
}
