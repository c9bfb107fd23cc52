/**
 * Reads what spreadsheets write: a BOM, commas, tabs or semicolons, quoted fields with line breaks and doubled quotes,
 * any line ending. Lines without anything in them are left out; each row knows the line of the file it began on.
 */
export type Row = { line: number; cells: string[] };

export function readTable(text: string): Row[] {
  const source = text.replace(/^\uFEFF/, "");
  const comma = delimiterOf(source);
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let began = 1;
  const endCell = () => {
    cells.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (cells.some((one) => one !== "")) rows.push({ line: began, cells });
    cells = [];
    began = line;
  };
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i);
    const next = source.charAt(i + 1);
    if (char === "\n" || (char === "\r" && next !== "\n")) line++;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (next === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (char === comma) endCell();
    else if (char === "\n" || char === "\r") {
      if (char === "\r" && next === "\n") continue;
      endRow();
    } else cell += char;
  }
  endRow();
  return rows;
}

/** The one that is most often on the first line; tabs come from a copied range of cells. */
function delimiterOf(text: string): string {
  const first = text.split(/\r?\n|\r/).find((line) => line.trim() !== "") ?? "";
  const count = (char: string) => first.split(char).length - 1;
  return ["\t", ",", ";", "，"].reduce((best, char) => (count(char) > count(best) ? char : best), "\t");
}

/** Chinese spreadsheets save in GB 18030 as often as in UTF-8. */
export function decodeTable(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder("gb18030").decode(bytes);
  }
}
