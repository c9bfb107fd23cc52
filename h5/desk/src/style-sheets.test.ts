import { expect, test } from "vitest";
import { growing } from "./style-sheets.ts";

test("sizes grow with the reader's type size, hairlines and screen widths do not", () => {
  expect(growing("@media (max-width:575px){.a{font-size:15px;padding:8px -12px;border:1px solid}}")).toBe(
    "@media (max-width:575px){.a{font-size:0.9375rem;padding:0.5rem -0.75rem;border:1px solid}}",
  );
  expect(growing(":root{--ant-font-size:16px;--ant-line-width:1px}")).toBe(
    ":root{--ant-font-size:1rem;--ant-line-width:1px}",
  );
});
