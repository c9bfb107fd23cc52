import type { PoolOptions } from "mysql2/promise";

/** `mysql://user:secret@host:3306/name?socketPath=/run/x.sock` → what the driver wants. */
export function connectionOptions(databaseUrl: string): PoolOptions {
  const url = new URL(databaseUrl);
  const socketPath = url.searchParams.get("socketPath");
  const tls = url.searchParams.get("ssl");
  return {
    ...(socketPath ? { socketPath } : { host: url.hostname, port: Number(url.port || 3306) }),
    ...(tls === null || tls === "0" ? {} : { ssl: { rejectUnauthorized: true } }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: "utf8mb4_unicode_ci",
    timezone: "Z",
    dateStrings: true,
    supportBigNumbers: true,
    connectTimeout: 5_000,
  };
}
