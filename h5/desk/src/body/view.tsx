import type { Block, Body, Inline } from "@weimenhu/domain/body";
import { Fragment, type ReactNode } from "react";

function word(node: Inline, at: number): ReactNode {
  if (node.t === "br") return <br key={at} />;
  if (node.t === "a") {
    return (
      <a key={at} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
        {node.v}
      </a>
    );
  }
  const bold = node.b ? <strong>{node.v}</strong> : node.v;
  return <Fragment key={at}>{node.i ? <em>{bold}</em> : bold}</Fragment>;
}

function block(node: Block, at: number): ReactNode {
  switch (node.t) {
    case "h": {
      // The page above has its own headings: those of a body start below them.
      const Tag = (["h3", "h4", "h5"] as const)[node.level - 1] ?? "h5";
      return (
        <Tag key={at} className={`h${node.level}`}>
          {node.c.map(word)}
        </Tag>
      );
    }
    case "p":
      return <p key={at}>{node.c.map(word)}</p>;
    case "ul":
    case "ol": {
      const Tag = node.t;
      return (
        <Tag key={at}>
          {node.items.map((item, i) => (
            <li key={i}>{item.map(block)}</li>
          ))}
        </Tag>
      );
    }
    case "table":
      return (
        <div key={at} className="body-table">
          <table>
            <tbody>
              {node.rows.map((row, r) => (
                <tr key={r}>
                  {row.map((cell, c) => {
                    // A head without words announces nothing.
                    const Tag = cell.head && cell.c.length > 0 ? "th" : "td";
                    return (
                      <Tag key={c} colSpan={cell.span ?? 1} rowSpan={cell.rows ?? 1}>
                        {cell.c.map(word)}
                      </Tag>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "img":
      return <img key={at} src={node.src} alt={node.alt} width={node.w} height={node.h} loading="lazy" />;
    case "quote":
      return <blockquote key={at}>{node.c.map(block)}</blockquote>;
    case "hr":
      return <hr key={at} />;
  }
}

/** Draws a body from plain data; there is no way for markup to pass. */
export function BodyView({ body }: { body: Body }) {
  return <div className="body">{body.map(block)}</div>;
}
