import { Image, View } from "@tarojs/components";
import {
  type Block,
  type Body,
  type Cell,
  type Inline,
  isSafeHref,
  isSafeSrc,
  type Picture,
  picturesOf,
} from "@weimenhu/domain/body";
import { type ReactNode, useState } from "react";
import { addressOf, isWeb } from "../platform/env.ts";
import { call, opensLinks, showPictures } from "../platform/open.ts";
import { Box } from "./box.tsx";
import { Button } from "./button.tsx";
import { Leaving } from "./leaving.tsx";
import { Tap } from "./tap.tsx";
import { Para } from "./words.tsx";

/** Blocks a mini-program draws at once; a very long notice goes on by a button, so that no single drawing is heavy there. */
const atOnce = 60;

type Ways = {
  open: (href: string) => void;
  show: (src: string) => void;
  /** Level of the text's first heading: no heading may stand two steps below the one before it. */
  first: number;
};

/** The one drawing of a notice's body on every client. */
export function BodyView({ body }: { body: Body }) {
  const [shown, setShown] = useState(atOnce);
  const [leaving, setLeaving] = useState<string | null>(null);
  const pictures = picturesOf(body).map(({ src }) => src);
  const ways: Ways = {
    open: (href) => (href.startsWith("tel:") ? call(href.slice(4)) : setLeaving(href)),
    show: (src) => showPictures(pictures, src),
    first: body.find((block) => block.t === "h")?.level ?? 1,
  };
  const blocks = isWeb ? body : body.slice(0, shown);
  return (
    <Box class="body">
      {blocks.map((block, i) => (
        <BlockView key={i} block={block} ways={ways} first={i === 0} />
      ))}
      {blocks.length < body.length ? (
        <Button kind="plain" onTap={() => setShown(shown + atOnce)}>
          显示后面的内容
        </Button>
      ) : null}
      <Leaving href={leaving} onClose={() => setLeaving(null)} />
    </Box>
  );
}

function BlockView({ block, ways, first }: { block: Block; ways: Ways; first?: boolean }): ReactNode {
  const top = first ? " b-first" : "";
  switch (block.t) {
    case "h":
      // The page's title is level 1, so a heading of the text begins at 2.
      return (
        <Box role="heading" level={block.level <= ways.first ? 2 : 3} class={`b-h${block.level}${top}`}>
          <Words words={block.c} ways={ways} />
        </Box>
      );
    case "p":
      return (
        <Box role="paragraph" class={`b-p${top}`}>
          <Words words={block.c} ways={ways} />
        </Box>
      );
    case "ul":
    case "ol":
      return (
        <Box role="list" class={`b-list${top}`}>
          {block.items.map((item, i) => (
            <Box key={i} role="listitem" class="b-item">
              <Box class="b-mark">{block.t === "ul" ? "•" : `${i + 1}.`}</Box>
              <Box class="b-in">
                {item.map((inner, k) => (
                  <BlockView key={k} block={inner} ways={ways} />
                ))}
              </Box>
            </Box>
          ))}
        </Box>
      );
    case "table":
      return <TableView rows={block.rows} ways={ways} top={top} />;
    case "img":
      return isSafeSrc(block.src) ? <Figure picture={block} ways={ways} /> : null;
    case "quote":
      return (
        <Box role="blockquote" class="b-quote">
          {block.c.map((inner, i) => (
            <BlockView key={i} block={inner} ways={ways} />
          ))}
        </Box>
      );
    case "hr":
      return <Box role="separator" class="b-rule" />;
  }
}

function Figure({ picture, ways }: { picture: Picture; ways: Ways }) {
  const { src, alt, w, h } = picture;
  const label = alt === "" ? "图片，点开看大图" : `图片：${alt}，点开看大图`;
  // With its measures the browser keeps the picture's place, so that the text does not jump when it comes.
  const measures = isWeb && w !== undefined && h !== undefined ? { width: w, height: h } : {};
  return (
    <Box>
      <Tap class="b-figure" label={label} onTap={() => ways.show(src)}>
        <Image className="b-img" src={addressOf(src)} mode="widthFix" lazyLoad {...measures} />
      </Tap>
      {alt === "" ? null : <Box class="b-alt">{alt}</Box>}
    </Box>
  );
}

const emphasis = (node: { b?: true; i?: true }) => `${node.b ? "b-bold" : ""}${node.i ? " b-italic" : ""}`.trim();

function Words({ words, ways }: { words: Inline[]; ways: Ways }) {
  return (
    <>
      {words.map((node, i) => {
        if (node.t === "br") return isWeb ? <br key={i} /> : "\n";
        if (node.t === "a") return <LinkView key={i} node={node} ways={ways} />;
        const look = emphasis(node);
        return look === "" ? (
          node.v
        ) : (
          <Box key={i} role="text" class={look}>
            {node.v}
          </Box>
        );
      })}
    </>
  );
}

function LinkView({ node, ways }: { node: { href: string; v: string }; ways: Ways }) {
  if (!isSafeHref(node.href)) return <>{node.v}</>;
  const press = (event: { preventDefault?: () => void }) => {
    event.preventDefault?.();
    ways.open(node.href);
  };
  const site = opensLinks ? { href: addressOf(node.href), role: "link", rel: "noopener noreferrer" } : {};
  return (
    <View className="b-link" onClick={press} {...site}>
      {node.v}
    </View>
  );
}

const widthOf = (rows: Cell[][]): number =>
  Math.max(1, ...rows.map((row) => row.reduce((sum, cell) => sum + (cell.span ?? 1), 0)));

/** A real table on the site; on phones a grid that keeps joined cells. Wide ones scroll sideways in their own box. */
function TableView({ rows, ways, top }: { rows: Cell[][]; ways: Ways; top: string }) {
  const cells = (row: Cell[]) => row.map((cell, i) => <CellView key={i} cell={cell} ways={ways} />);
  const table = isWeb ? (
    <Box role="table" class="b-table">
      <View {...{ role: "rowgroup" }}>
        {rows.map((row, i) => (
          <Box key={i} role="row">
            {cells(row)}
          </Box>
        ))}
      </View>
    </Box>
  ) : (
    <Box role="table" class="b-grid b-table" style={{ gridTemplateColumns: `repeat(${widthOf(rows)}, auto)` }}>
      {rows.flatMap(cells)}
    </Box>
  );
  return (
    <View
      className={`b-scroll${top}`}
      {...(isWeb ? { tabIndex: 0, role: "group", "aria-label": "表格，可左右滑动" } : {})}
    >
      {table}
    </View>
  );
}

function CellView({ cell, ways }: { cell: Cell; ways: Ways }) {
  const words = cell.c.length === 0 ? <Para /> : <Words words={cell.c} ways={ways} />;
  const look = `b-cell${cell.head ? " b-head" : ""}`;
  const role = cell.head ? "columnheader" : "cell";
  if (isWeb) {
    const spans = { colSpan: cell.span, rowSpan: cell.rows };
    return (
      <View className={look} {...{ role, ...spans }}>
        {words}
      </View>
    );
  }
  const style: Record<string, string> = {};
  if (cell.span) style.gridColumn = `span ${cell.span}`;
  if (cell.rows) style.gridRow = `span ${cell.rows}`;
  return (
    <Box role={role} class={look} style={style}>
      {words}
    </Box>
  );
}
