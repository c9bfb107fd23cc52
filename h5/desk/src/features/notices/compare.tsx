import { compareLines, diffWords, type Row } from "../../body/diff.ts";
import type { Line } from "../../body/lines.ts";

const Words = ({ pieces, hide }: { pieces: ReturnType<typeof diffWords>; hide: "gone" | "new" }) =>
  pieces
    .filter((piece) => piece.kind !== hide)
    .map((piece, i) => {
      const key = `${i}${piece.kind}`;
      if (piece.kind === "gone") return <del key={key}>{piece.text}</del>;
      return piece.kind === "new" ? <ins key={key}>{piece.text}</ins> : <span key={key}>{piece.text}</span>;
    });

function Side({ row, side }: { row: Row; side: "before" | "after" }) {
  const line = row[side];
  if (!line) return <td className="none" />;
  const hide = side === "before" ? "new" : "gone";
  const pieces = row.same
    ? [{ kind: "same" as const, text: line.text }]
    : diffWords(row.before?.text ?? "", row.after?.text ?? "");
  return (
    <td>
      {line.kind === "" ? null : (
        <span className={line.kind.endsWith(" ") ? "line-bullet" : "line-kind"}>{line.kind}</span>
      )}
      <Words pieces={pieces} hide={hide} />
    </td>
  );
}

type CompareProps = { before: Line[]; after: Line[]; names: readonly [string, string] };
/** Two texts side by side; what went is struck through, what came is underlined. */
export function Compare({ before, after, names }: CompareProps) {
  const rows = compareLines(before, after);
  return (
    <section className="sheet" aria-label={`${names[0]}和${names[1]}的对比`} tabIndex={0}>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${i}${row.after?.text ?? ""}`} className={row.same ? "" : "changed"}>
              <Side row={row} side="before" />
              <Side row={row} side="after" />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.every((row) => row.same) ? <p className="more hint">两边一样</p> : null}
    </section>
  );
}
