import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startServer, sweep } from "./mariadb.mjs";

const prefix = "weimenhu-test-";

/**
 * A private server for one run of tests, or the one that TEST_DATABASE_URL names; without either the run fails.
 * What an earlier run left behind, because it was killed, goes first.
 * @param {{ fleeting?: boolean }} [options] fleeting: nothing waits for the disk; a bench measures those waits too
 */
export async function testDatabase({ fleeting = false } = {}) {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  await sweep(tmpdir(), prefix);
  const home = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startServer(home, { fleeting });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
