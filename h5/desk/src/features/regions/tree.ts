import { levelOf } from "@weimenhu/domain/base/region";
import type { Node } from "../../ui/region-choice.tsx";

export type Branch = { node: Node; below: Branch[] };

/** The flat list as a tree; reading order stays. */
export function treeOf(nodes: readonly Node[], parent: string | null = null): Branch[] {
  return nodes.filter((node) => node.parent === parent).map((node) => ({ node, below: treeOf(nodes, node.code) }));
}

/** The whole code of the `number`th place under a county or town; null when it cannot have one. */
export function codeUnder(parent: string, number: string): string | null {
  if (!/^\d{3}$/.test(number) || number === "000") return null;
  switch (levelOf(parent)) {
    case "county":
      return `${parent.slice(0, 6)}${number}000`;
    case "town":
      return `${parent.slice(0, 9)}${number}`;
    case "village":
      return null;
  }
}

/** The first number after the largest that is used. */
export function nextNumber(nodes: readonly Node[], parent: string): string {
  const from = levelOf(parent) === "county" ? 6 : 9;
  const used = nodes.filter((node) => node.parent === parent).map((node) => Number(node.code.slice(from, from + 3)));
  return String(Math.min(999, Math.max(0, ...used) + 1)).padStart(3, "0");
}
