import { View } from "@tarojs/components";
import { type Inline, isSafeHref } from "@weimenhu/domain/body";
import { pageAt } from "../platform/address.ts";
import { addressOf, isWeb } from "../platform/env.ts";
import { hrefOf } from "../platform/navigate.ts";
import { opensLinks } from "../platform/open.ts";
import { aria, Box } from "./box.tsx";
import { dated } from "./dated.tsx";

/** What a body needs of the page around it. */
export type Ways = {
  open: (href: string) => void;
  show: (src: string) => void;
  /** Level of the text's first heading: no heading may stand two steps below the one before it. */
  first: number;
};

const emphasis = (node: { b?: true; i?: true }) => `${node.b ? "b-bold" : ""}${node.i ? " b-italic" : ""}`.trim();

/** The words of a paragraph, a heading or a cell. */
export function Words({ words, ways }: { words: Inline[]; ways: Ways }) {
  return (
    <>
      {words.map((node, i) => {
        if (node.t === "br") return isWeb ? <br key={i} /> : "\n";
        if (node.t === "a") return <LinkView key={i} node={node} ways={ways} />;
        const look = emphasis(node);
        return look === "" ? (
          dated(node.v, i)
        ) : (
          <Box key={i} role="text" class={look}>
            {dated(node.v)}
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
  const page = pageAt(node.href);
  const href = page ? hrefOf(page) : addressOf(node.href);
  const site = opensLinks ? { href, role: "link", rel: "noopener noreferrer" } : aria({ role: "link" });
  return (
    <View className={/^tel:/i.test(node.href) ? "b-link b-tel" : "b-link"} onClick={press} {...site}>
      {node.v}
    </View>
  );
}
