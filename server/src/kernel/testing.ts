import { type Config, loadConfig } from "./config.ts";

/** For tests: a whole configuration with fixed keys; give at least DATABASE_URL where a database is used. */
export const testEnv = (env: Record<string, string> = {}): Record<string, string> => ({
  NODE_ENV: "test",
  DATABASE_URL: "mysql://nobody@127.0.0.1:1/none",
  DATABASE_POOL: "5",
  SEAL_KEYS: `k1:${"1f2e3d4c".repeat(8)}`,
  INDEX_KEY: "a1b2c3d4".repeat(8),
  AUDIT_KEY: "5a6b7c8d".repeat(8),
  LOG_LEVEL: "silent",
  DEMO: "1",
  ...env,
});

export const testConfig = (env: Record<string, string> = {}): Config => loadConfig(testEnv(env));
