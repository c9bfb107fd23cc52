/** A test during which something was written to console.error or console.warn has failed, whatever it asserted. */
import { afterEach } from "vitest";

const heard = [];
for (const level of ["error", "warn"]) {
  const print = console[level].bind(console);
  console[level] = (...words) => {
    heard.push(`console.${level}: ${words.map(String).join(" ")}`);
    print(...words);
  };
}

afterEach(() => {
  const words = heard.splice(0);
  if (words.length > 0) throw new Error(`a quiet test was expected, but:\n${words.join("\n")}`);
});
