import { Image } from "@tarojs/components";
import { type Body, isSafeSrc, type Picture, picturesOf } from "@weimenhu/domain/body";
import { memo, type ReactNode, useMemo, useState } from "react";
import { pageAt } from "../platform/address.ts";
import { addressOf, isWeb } from "../platform/env.ts";
import { go } from "../platform/navigate.ts";
import { call, showPictures } from "../platform/open.ts";
import { type Part, piecesOf } from "./body-pieces.ts";
import { TableView } from "./body-table.tsx";
import { type Ways, Words } from "./body-words.tsx";
import { Box, Slot } from "./box.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Leaving } from "./leaving.tsx";
import { Tap } from "./tap.tsx";

/**
 * The one drawing of a notice's body on every client. A mini-program draws a long one in pieces; `reached` says how often
 * the reader came to the page's end, and each time one piece more is there.
 */
export function BodyView({ body, reached = 0 }: { body: Body; reached?: number }) {
  const [asked, setAsked] = useState(0);
  const [leaving, setLeaving] = useState<string | null>(null);
  const pieces = useMemo(() => (isWeb ? [body] : piecesOf(body)), [body]);
  const pictures = picturesOf(body).map(({ src }) => src);
  const open = (href: string) => {
    const page = pageAt(href);
    if (page) go(page);
    else if (/^tel:/i.test(href)) call(href.slice(4));
    else setLeaving(href);
  };
  const ways: Ways = {
    open,
    show: (src) => showPictures(pictures, src),
    first: body.find((block) => block.t === "h")?.level ?? 1,
  };
  const shown = pieces.slice(0, 1 + asked + reached);
  return (
    <Box class="body">
      <Box>
        {shown.map((piece, i) => (
          <Piece key={i} piece={piece} ways={ways} first={i === 0} />
        ))}
      </Box>
      <Slot>
        {shown.length < pieces.length ? (
          <Button kind="plain" icon="chevron-down" onTap={() => setAsked(asked + 1)}>
            {`显示后面的内容（${shown.length} / ${pieces.length}）`}
          </Button>
        ) : null}
      </Slot>
      <Slot>
        <Leaving href={leaving} onClose={() => setLeaving(null)} />
      </Slot>
    </Box>
  );
}

const Piece = memo(
  ({ piece, ways, first }: { piece: Part[]; ways: Ways; first: boolean }) => (
    <Box>
      {piece.map((block, i) => (
        <BlockView key={i} block={block} ways={ways} first={first && i === 0} />
      ))}
    </Box>
  ),
  // What a link or picture does is the same at every drawing.
  (old, next) => old.piece === next.piece,
);

function BlockView({ block, ways, first }: { block: Part; ways: Ways; first?: boolean }): ReactNode {
  const top = first || block.goesOn ? " b-first" : "";
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
              <Box class="b-mark">{markOf(block, i)}</Box>
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

/** What stands before an item; an item that began in the piece before has none. */
function markOf(list: Part & { t: "ul" | "ol" }, at: number): string {
  if (list.goesOn && at === 0) return "";
  return list.t === "ul" ? "•" : `${(list.from ?? 1) + at}.`;
}

function Figure({ picture, ways }: { picture: Picture; ways: Ways }) {
  const { src, alt, w, h } = picture;
  const [lost, setLost] = useState(false);
  const label = alt === "" ? "图片，点开看大图" : `图片：${alt}，点开看大图`;
  const measured = w !== undefined && h !== undefined && w > 0 && h > 0;
  // With its measures the picture's place is kept, so that the text does not jump when it comes; a small one stays small.
  const style = { aspectRatio: `${w} / ${h}`, maxWidth: `${w}px` };
  const place = measured ? (isWeb ? { width: w, height: h } : { style }) : {};
  if (lost) {
    return (
      <Box class="b-lost">
        <Icon name="image" />
        <Box class="grow">
          {alt === "" ? null : <Box>{alt}</Box>}
          <Box class="t-small">图片没有显示出来，请检查网络</Box>
          <Button small onTap={() => setLost(false)}>
            重新显示
          </Button>
        </Box>
      </Box>
    );
  }
  return (
    <Box>
      <Tap class="b-figure" label={label} onTap={() => ways.show(src)}>
        <Image
          className="b-img"
          src={addressOf(src)}
          mode="widthFix"
          lazyLoad
          onError={() => setLost(true)}
          {...place}
        />
      </Tap>
      {alt === "" ? null : <Box class="b-alt">{alt}</Box>}
    </Box>
  );
}
