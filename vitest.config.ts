import { defineConfig } from "vitest/config";

const pool = { testTimeout: 20_000, hookTimeout: 60_000 } as const;

/** Four kinds of test by file name; a kind is run with `vitest run --project pure|db|wire|bundles|browser`. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...pool, name: "pure", include: ["{packages,server,miniapp,h5}/**/*.test.ts"], exclude: ["**/node_modules/**", "**/dist/**", "**/*.{db,wire}.test.ts", "miniapp/e2e/**"] } },
      { test: { ...pool, name: "db", include: ["server/**/*.db.test.ts"], globalSetup: ["server/test/database.global.ts"] } },
      { test: { ...pool, name: "wire", include: ["packages/**/*.wire.test.ts", "server/**/*.wire.test.ts"], globalSetup: ["server/test/database.global.ts"] } },
      { test: { ...pool, name: "bundles", testTimeout: 120_000, include: ["miniapp/e2e/**/*.test.ts"], globalSetup: ["server/test/database.global.ts"], fileParallelism: false } },
      { test: { ...pool, name: "browser", testTimeout: 120_000, include: ["h5/e2e/**/*.spec.ts"], globalSetup: ["server/test/database.global.ts"], fileParallelism: false } },
    ],
  },
});
