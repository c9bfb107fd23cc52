import { once } from "node:events";
import net from "node:net";
import mysql from "mysql2/promise";
import { expect, test } from "vitest";
import { isOutOfReach } from "./db-faults.ts";
import { refusalOf } from "./rpc-error.ts";

test("a database that is slow, away or closing connections is told as busy, every other fault as ours", async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const connect = () =>
    mysql.createConnection({ host: "127.0.0.1", port, connectTimeout: 50 }).catch((fault: unknown) => fault);
  const late = new Error("Failed query", { cause: await connect() });
  expect(isOutOfReach(late)).toBe(true);
  expect(refusalOf(late)).toMatchObject({ word: "BUSY", http: 503 });
  server.on("connection", (socket) => socket.destroy());
  expect(refusalOf(await connect()).word).toBe("BUSY");
  server.close();
  await once(server, "close");
  expect(refusalOf(await connect()).word).toBe("BUSY");
  expect(refusalOf(Object.assign(new Error("Unknown column"), { code: "ER_BAD_FIELD_ERROR", errno: 1054 })).word).toBe(
    "INTERNAL",
  );
  expect(refusalOf(new TypeError("undefined is not a function")).word).toBe("INTERNAL");
});
