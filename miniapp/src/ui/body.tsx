import { Image } from "@tarojs/components";
import { type Block, type Body, isSafeSrc, type Picture, picturesOf } from "@weimenhu/domain/body";
import { type ReactNode, useState } from "react";
import { pageAt } from "../platform/address.ts";
import { addressOf, isWeb } from "../platform/env.ts";
import { go } from "../platform/navigate.ts";
import { call, showPictures } from "../platform/open.ts";
import { TableView } from "./body-table.tsx";
import { type Ways, Words } from "./body-words.tsx";
import { Box } from "./box.tsx";
import { Button } from "./button.tsx";
import { Leaving } from "./leaving.tsx";
import { Tap } from "./tap.tsx";

/** Blocks a mini-program draws at once; a very long notice goes on by a button, so that no single drawing is heavy there. */
const atOnce = 60;

/** The one drawing of a notice's body on every client. */
export function BodyView({ body }: { body: Body }) {
  const [shown, setShown] = useState(atOnce);
  const [leaving, setLeaving] = useState<string | null>(null);
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
