/** The beginning of a text that is too long for a list; by letters, so that none is cut in two. */
export function folded(text: string, letters: number, lines: number): string {
  const start = text.split("\n").slice(0, lines).join("\n");
  const all = Array.from(start);
  return all.length > letters || start !== text ? `${all.slice(0, letters).join("").trimEnd()}…` : text;
}
