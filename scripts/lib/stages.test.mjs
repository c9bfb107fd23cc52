import { expect, test } from "vitest";
import { count } from "./stages.mjs";

const report = (numbers, files = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: files,
  ...numbers,
});

test("passed and failed tests are counted one by one", () => {
  expect(count(report({ numPassedTests: 7, numFailedTests: 2 }), 1)).toEqual({ passed: 7, failed: 2 });
});

test("a skipped test is a failed one", () => {
  expect(count(report({ numPassedTests: 7, numPendingTests: 1, numTodoTests: 1 }), 0)).toEqual({
    passed: 7,
    failed: 2,
  });
});

test("a test file that does not load has failed, though none of its tests did", () => {
  const files = [
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{ status: "passed" }] },
  ];
  expect(count(report({ numPassedTests: 1 }, files), 1)).toEqual({ passed: 1, failed: 1 });
});

test("a run that crashes after its last test has failed", () => {
  expect(count(report({ numPassedTests: 7 }), 1)).toEqual({ passed: 7, failed: 1 });
});

test("a run that finds no test has failed", () => {
  expect(count(report({}), 0)).toEqual({ passed: 0, failed: 1 });
});

test("a run of several kinds of test that finds none of one kind has failed", () => {
  const files = ["/w/server/src/a.db.test.ts", "/w/miniapp/e2e/b.test.ts", "/w/h5/e2e/c.spec.ts"].map((name) => ({
    name,
    status: "passed",
    assertionResults: [{ status: "passed" }],
  }));
  const found = report({ numPassedTests: 3 }, files);
  expect(count(found, 0, ["db", "bundles", "browser"])).toEqual({ passed: 3, failed: 0 });
  expect(count(found, 0, ["db", "wire", "bundles", "browser"])).toEqual({ passed: 3, failed: 1 });
});
