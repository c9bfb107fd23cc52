import { defineConfig } from "vitest/config";

const away = ["**/node_modules/**", "**/dist/**"];
const common = { testTimeout: 20_000, hookTimeout: 60_000, exclude: away };
const quiet = { ...common, setupFiles: ["scripts/lib/quiet.setup.mjs"] };
const withDatabase = { globalSetup: ["server/test/database.global.ts"] };
// Every file has a database and ports of its own.
const outside = { ...common, ...withDatabase, testTimeout: 120_000, hookTimeout: 240_000 };

/** Five kinds of test by file name; a kind is run with `vitest run --project pure|db|wire|bundles|browser`. */
export default defineConfig({
  test: {
    // For two processors: a walk waits half of its time for quiet.
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...quiet,
          name: "pure",
          include: ["{packages,server,miniapp,h5,scripts}/**/*.test.{ts,tsx,mjs}"],
          exclude: [...away, "**/*.{db,wire,bundle}.test.{ts,mjs}", "miniapp/e2e/**"],
        },
      },
      {
        test: {
          ...quiet,
          ...withDatabase,
          name: "db",
          include: ["server/**/*.db.test.ts", "scripts/**/*.db.test.mjs"],
        },
      },
      { test: { ...quiet, ...withDatabase, name: "wire", include: ["{packages,server}/**/*.wire.test.ts"] } },
      {
        test: {
          ...outside,
          name: "bundles",
          include: ["miniapp/e2e/**/*.test.ts", "packages/minihost/test/**/*.bundle.test.ts"],
          globalSetup: [
            ...withDatabase.globalSetup,
            "packages/minihost/test/sample.global.ts",
            "h5/e2e/lived.global.ts",
          ],
        },
      },
      {
        test: {
          ...outside,
          name: "browser",
          include: ["h5/e2e/**/*.spec.ts"],
          globalSetup: [...withDatabase.globalSetup, "h5/e2e/lived.global.ts"],
        },
      },
    ],
  },
});
