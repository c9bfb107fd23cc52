import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import type { Row } from "./csv.ts";

export type Person = { name: string; idCard: string; group: string; household: string };
export type Line = { line: number; person: Person; faults: string[] };
export type Sheet = { lines: Line[]; problem: string | null };

const columns: Record<keyof Person, RegExp> = {
  name: /^(姓名|名字)$/,
  idCard: /^(公民)?(身份证|身份号码|身份证号|身份证号码|证件号码?)$/,
  group: /(小组|村组|组别|^组$)/,
  household: /(户号|户编号|家庭编号|户主编号)/,
};
const order = ["name", "idCard", "group", "household"] as const;

/** Rows as people of a roster, each with what is wrong in it. Columns go by their heads, or by the usual order. */
export function peopleOf(rows: readonly Row[]): Sheet {
  const [head, ...rest] = rows;
  if (!head) return { lines: [], problem: null };
  const named = headOf(head.cells);
  const where = named ?? { name: 0, idCard: 1, group: 2, household: 3 };
  const missing = order.filter((column) => where[column] === undefined);
  if (named && missing.length > 0) {
    const words = { name: "姓名", idCard: "身份证号", group: "小组", household: "户号" };
    return { lines: [], problem: `表头里没有：${missing.map((column) => words[column]).join("、")}` };
  }
  const seen = new Map<string, number>();
  const lines = (named ? rest : rows).map(({ line, cells }) => {
    const cell = (column: keyof Person) => cells[where[column] ?? -1] ?? "";
    const person = {
      name: cell("name").replace(/\s+/g, ""),
      idCard: normalIdCard(cell("idCard").replace(/^'/, "")),
      group: cell("group"),
      household: cell("household"),
    };
    const faults = faultsOf(person);
    const earlier = seen.get(person.idCard);
    if (person.idCard !== "" && earlier !== undefined) faults.push(`身份证号和第 ${earlier} 行相同`);
    else seen.set(person.idCard, line);
    return { line, person, faults };
  });
  return { lines, problem: null };
}

type Where = Partial<Record<keyof Person, number>>;
function headOf(cells: readonly string[]): Where | null {
  const where: Where = {};
  for (const column of order) {
    const at = cells.findIndex((cell) => columns[column].test(cell.replace(/[\s（(].*$/, "")));
    if (at !== -1) where[column] = at;
  }
  return where.name === undefined && where.idCard === undefined ? null : where;
}

function faultsOf(person: Person): string[] {
  const faults: string[] = [];
  if (person.name.length < 2 || person.name.length > 30) faults.push("姓名不对");
  if (/^\d(\.\d+)?E\+?\d+$/.test(person.idCard)) {
    faults.push("身份证号被表格软件改成了科学记数，请把这一列设为“文本”后重填");
  } else if (!isIdCard(person.idCard)) faults.push("身份证号不对");
  if (person.group === "") faults.push("没有填小组");
  if (person.group.length > 20) faults.push("小组名太长");
  if (person.household.length > 40) faults.push("户号太长");
  return faults;
}

/** The server takes so many lines in one call. */
export const perCall = 500;
export function batches<T>(items: readonly T[], size = perCall): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < items.length; i += size) out.push(items.slice(i, i + size));
  return out;
}
