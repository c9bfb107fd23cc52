import { expect, test } from "vitest";
import { nodeOf } from "./alipay-answer.ts";

const cut = (raw: string) => nodeOf(raw, "a_response");

test("the signed text is the node as it stands, escaped slashes and blanks included", () => {
  expect(cut('{"a_response": {"x":"1\\/2}\\"{", "y":[{}]} , "sign":"c2ln\\/"}')).toEqual({
    text: '{"x":"1\\/2}\\"{", "y":[{}]}',
    sign: "c2ln/",
    error: false,
  });
});

test("an error answer is the node when the answer itself is missing", () => {
  expect(cut('{"error_response":{"code":"40002"},"sign":"s"}')).toEqual({
    text: '{"code":"40002"}',
    sign: "s",
    error: true,
  });
});

test.each([
  ["given twice", '{"a_response":{"x":1},"a_response":{"x":2},"sign":"s"}'],
  ["given twice, once with an escaped name", '{"a_response":{"x":1},"\\u0061_response":{"x":2},"sign":"s"}'],
  ["answer and error together", '{"a_response":{"x":1},"error_response":{"code":"1"},"sign":"s"}'],
  ["nested only", '{"other":{"a_response":{"x":1}},"sign":"s"}'],
  ["not closed", '{"a_response":{"x":1'],
  ["broken inside", '{"a_response":{"x":},"sign":"s"}'],
  ["more text behind", '{"a_response":{"x":1},"sign":"s"}{"a_response":{"x":2}}'],
  ["a page", "<html></html>"],
  ["an array", "[]"],
  ["nothing", ""],
])("an answer %s is refused", (_name, raw) => {
  expect(cut(raw)).toHaveProperty("fault");
});

test("a missing signature is empty, so that nothing verifies against it", () => {
  expect(cut('{"a_response":{"x":1}}')).toEqual({ text: '{"x":1}', sign: "", error: false });
});
