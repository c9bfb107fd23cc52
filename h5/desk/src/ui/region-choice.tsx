import { covers, levelOf } from "@weimenhu/domain/base/region";
import { useAsk } from "../query.ts";
import type { Out } from "../rpc.ts";

export type Node = Out<"regions.tree">["nodes"][number];

/** The places under any of these grants, in reading order. */
export function placesUnder(nodes: readonly Node[], tops: readonly string[]): Node[] {
  return nodes.filter((node) => tops.some((top) => covers(top, node.code)));
}

/** Villages stand indented under their town: `　竹溪村`. */
export function placeLabel(node: Node): string {
  return `${"　".repeat({ county: 0, town: 1, village: 2 }[levelOf(node.code)])}${node.name}`;
}

export function usePlaces(tops: readonly string[]): Node[] {
  const tree = useAsk("regions.tree", {});
  return placesUnder(tree.data?.nodes ?? [], tops);
}

type ChoiceProps = {
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
  tops: readonly string[];
  any?: string;
  disabled?: boolean;
};
/** Fits into a form item: `value` and `onChange` come from there. */
export function RegionChoice({ id, value, onChange, tops, any, disabled }: ChoiceProps) {
  const places = usePlaces(tops);
  return (
    <select
      id={id}
      className="plain"
      value={value ?? ""}
      disabled={disabled}
      onChange={(event) => onChange?.(event.target.value)}
    >
      <option value="">{any ?? "请选择"}</option>
      {places.map((node) => (
        <option key={node.code} value={node.code}>
          {placeLabel(node)}
        </option>
      ))}
    </select>
  );
}
