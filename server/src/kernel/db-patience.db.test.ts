import net from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { type Db, openDb } from "./db.ts";
import { connectionOptions } from "./db-address.ts";
import { refusalOf } from "./rpc-error.ts";
import { testConfig } from "./testing.ts";
import { inTx } from "./tx.ts";

let home: Awaited<ReturnType<typeof freshDatabase>>;
let way: Awaited<ReturnType<typeof wayTo>>;
let db: Db;
beforeEach(async () => {
  home = await freshDatabase();
  way = await wayTo(home.url);
  db = openDb(testConfig({ DATABASE_URL: way.url, DATABASE_POOL: "3" }), undefined, { silentMs: 800, waitMs: 400 });
});
afterEach(async () => {
  way.goOn();
  await db.close();
  await way.close();
  await home.drop();
});

/** A way to the database that can hang: connections stay open, and nothing comes through. */
async function wayTo(url: string) {
  const { socketPath, host, port } = connectionOptions(url);
  const sockets = new Set<net.Socket>();
  let hangs = false;
  const server = net.createServer((near) => {
    const far = socketPath ? net.connect(socketPath) : net.connect(port ?? 3306, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => void to.write(bytes));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      if (hangs) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.search = "";
  through.host = `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    url: through.href,
    hang() {
      hangs = true;
      for (const socket of sockets) socket.pause();
    },
    goOn() {
      hangs = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const wordOf = (call: Promise<unknown>) =>
  call.then(
    () => "answered",
    (fault: unknown) => refusalOf(fault).word,
  );

test("calls are refused as busy within the limit when the database hangs, and served again when it is back", async () => {
  expect(await db.rows("SELECT 1 AS n")).toEqual([{ n: 1 }]);
  let hung = () => {};
  const hangs = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const open = inTx(db, async (tx) => {
    await tx.execute("SELECT 1");
    way.hang();
    hung();
    await tx.execute("SELECT 2");
  });
  await hangs;
  const began = performance.now();
  // More than there are connections: those behind them must not wait for one after the other.
  const calls = Array.from({ length: 12 }, () => db.rows("SELECT 3"));
  expect(new Set(await Promise.all([open, ...calls].map(wordOf)))).toEqual(new Set(["BUSY"]));
  expect(performance.now() - began).toBeLessThan(5_000);
  way.goOn();
  expect(await db.rows("SELECT 4 AS n")).toEqual([{ n: 4 }]);
});

test("work that takes longer than the limit, but speaks with the database, goes on; so does a connection that lay idle", async () => {
  await inTx(db, async (tx) => {
    for (let n = 0; n < 8; n++) await tx.execute("SELECT SLEEP(0.2)");
  });
  const [before] = await db.rows<{ id: number }>("SELECT CONNECTION_ID() AS id");
  const other = openDb(testConfig({ DATABASE_URL: home.url }));
  await other.rows("SELECT SLEEP(1.2)");
  await other.close();
  expect(await db.rows("SELECT CONNECTION_ID() AS id")).toEqual([before]);
});
