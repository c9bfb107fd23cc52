import { startAll } from "./all.ts";

/**
 * The outside world as a process: prints one JSON line when everything listens, ends on SIGTERM, SIGINT or when its parent is
 * gone (its standard input closes). SANDBOX_PORT_BASE: first port, 0 for any; SANDBOX_LENIENT=1: take the codes of the
 * vendors' developer tools; SANDBOX_PUSH_TO: where WeChat's message push goes, as one writes it into its console;
 * SANDBOX_HOSPITAL: the file in which the hospital keeps its appointments from one start to the next.
 */
const { SANDBOX_PORT_BASE, SANDBOX_LENIENT, SANDBOX_PUSH_TO, SANDBOX_HOSPITAL } = process.env; // the one program here; everything else takes arguments
const sandbox = await startAll({
  portBase: Number(SANDBOX_PORT_BASE ?? 0),
  lenient: SANDBOX_LENIENT === "1",
  ...(SANDBOX_HOSPITAL ? { hospitalJournal: SANDBOX_HOSPITAL } : {}),
});
sandbox.wechat.control.pushTo(SANDBOX_PUSH_TO ?? "");

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await sandbox.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => void stop());
process.stdin
  .resume()
  .once("end", () => void stop())
  .once("error", () => void stop());
process.stdout.write(`${JSON.stringify({ ready: true, env: sandbox.env, urls: sandbox.urls })}\n`);
