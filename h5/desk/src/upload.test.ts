import { expect, test } from "vitest";
import { fileProblem, sizeWords } from "./upload.ts";

test("a file that the server would refuse is not sent", () => {
  const mb = 1024 * 1024;
  expect(fileProblem({ name: "a.JPEG", size: 9 * mb }, "picture")).toBeNull();
  expect(fileProblem({ name: "表.xlsx", size: 19 * mb }, "any")).toBeNull();
  expect(fileProblem({ name: "a.png", size: 11 * mb }, "any")).toContain("10 MB");
  expect(fileProblem({ name: "a.pdf", size: 21 * mb }, "any")).toContain("20 MB");
  expect(fileProblem({ name: "a.pdf", size: 1 }, "picture")).toContain("图片");
  for (const name of ["a.exe", "a.svg", "a", "png"]) expect(fileProblem({ name, size: 1 }, "any")).toContain("不支持");
  expect(fileProblem({ name: "a.pdf", size: 0 }, "any")).toContain("空");
});

test("sizes are said in the unit that fits", () => {
  expect([12, 2048, 3_500_000].map(sizeWords)).toEqual(["12 B", "2 KB", "3.3 MB"]);
});
