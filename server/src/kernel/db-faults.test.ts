import { once } from "node:events";
import net from "node:net";
import mysql from "mysql2/promise";
import { expect, test } from "vitest";
import { isCrowded } from "./db-faults.ts";
import { refusalOf } from "./rpc-error.ts";

test("a connection to the database that is not made in time is told as too many people, every other fault as ours", async () => {
  const silent = net.createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const connect = () =>
    mysql.createConnection({ host: "127.0.0.1", port, connectTimeout: 50 }).catch((fault: unknown) => fault);
  const late = new Error("Failed query", { cause: await connect() });
  expect(isCrowded(late)).toBe(true);
  expect(refusalOf(late).word).toBe("BUSY");
  silent.close();
  await once(silent, "close");
  const gone = await connect();
  expect(refusalOf(gone).word).toBe("INTERNAL");
});
