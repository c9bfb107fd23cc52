const started = performance.now();
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

/** Runs one named step and prints its name and seconds, also when it fails. `work` may return a remark to print. */
export async function step(name, work) {
  const since = performance.now();
  try {
    const result = await work();
    const remark = typeof result === "string" ? `  ${result}` : "";
    console.log(`${name.padEnd(12)}${seconds(since).padStart(7)} s${remark}`);
    return result;
  } catch (fault) {
    console.log(`${name.padEnd(12)}${seconds(since).padStart(7)} s  failed`);
    throw fault;
  }
}

export const total = () => `${seconds(started)} s`;

/** A fault whose message is meant for the person at the terminal: printed without a stack. */
export class Plain extends Error {
  /** @param {number} [code] what the command ends with; 2: it was called with settings at fault */
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** Prints why the command ends: a plain line for what a person can mend, the whole error for a bug. */
export function explain(fault) {
  console.error(fault instanceof Plain ? `\n${fault.message}` : fault);
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** How many terminal cells a text takes: a Chinese character takes two. */
export const cells = (text) => [...text].reduce((sum, char) => sum + (wide.test(char) ? 2 : 1), 0);

/** Rows as aligned columns; the last column runs free. */
export function table(rows) {
  const widths = rows.reduce((seen, row) => row.map((text, i) => Math.max(seen[i] ?? 0, cells(text))), []);
  return rows
    .map((row) =>
      row.map((text, i) => (i === row.length - 1 ? text : text + " ".repeat(widths[i] - cells(text)))).join("  "),
    )
    .join("\n");
}
