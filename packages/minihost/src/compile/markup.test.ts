import { describe, expect, test } from "vitest";
import type { Platform } from "../types.ts";
import { rewriteMarkup, sjsToWxs } from "./markup.ts";
import { browserStyles } from "./styles.ts";

function rewritten(platform: Platform, source: string, custom: string[] = []) {
  const problems: string[] = [];
  const rules = { platform, custom: new Set(custom), problem: (message: string) => void problems.push(message) };
  return { text: rewriteMarkup(source, "a", rules), problems };
}

describe("templates become one dialect", () => {
  test("WXML keeps its words; built-in tags get their prefix, structure and custom components do not", () => {
    const source = '<block wx:if="{{a}}"><view bindtap="eh" id="b"/><comp i="{{i}}"/></block>';
    const { text, problems } = rewritten("weapp", source, ["comp"]);
    expect(text).toBe('<block wx:if="{{a}}"><wx-view bind:tap="eh" id="b"/><comp i="{{i}}"/></block>');
    expect(problems).toEqual([]);
  });

  test("AXML is translated: a:for, onTap, catchTap, import-sjs and the endings of files", () => {
    const source =
      '<import-sjs name="xs" from="./u.sjs" /><import src="./b.axml"/><text a:for="{{l}}" onTap="eh" catchTap="eh">x</text>';
    expect(rewritten("alipay", source).text).toBe(
      '<wxs module="xs" src="./u.wxs"/><import src="./b.wxml"/><wx-text wx:for="{{l}}" bind:tap="eh" catch:tap="eh">x</wx-text>',
    );
  });

  test("a > inside an attribute ends no tag, and comments vanish", () => {
    expect(rewritten("weapp", '<!-- <a> --><view hidden="{{a > b}}">t</view>').text).toBe(
      '<wx-view hidden="{{a > b}}">t</wx-view>',
    );
  });

  test("the other platform's attributes are problems", () => {
    expect(rewritten("alipay", '<view bindtap="eh" wx:if="{{a}}"/>').problems).toHaveLength(2);
    expect(rewritten("weapp", '<view onTap="eh" a:if="{{a}}"/>').problems).toHaveLength(2);
  });

  test("SJS modules become WXS modules", () => {
    const source = 'import a from "./a.sjs";\nexport default { a };';
    expect(sjsToWxs(source)).toBe('var a = require("./a.wxs");\nmodule.exports = { a };');
  });
});

describe("styles become the browser's", () => {
  const file = { dist: "/nowhere", base: "app", extension: ".wxss" };
  const styles = (source: string, problem = (_message: string) => {}) => browserStyles(source, { ...file, problem });

  test("rpx is a share of the width, also negative ones", () => {
    expect(styles(".a{margin:-20rpx 750rpx}")).toBe(".a{margin:calc(-20 * 100vw / 750) calc(750 * 100vw / 750)}");
  });

  test("tag selectors follow the tags; classes and at-rules that look like tags do not", () => {
    expect(styles("page view.text>button{}")).toBe(".wx-page wx-view.text>wx-button{}");
    expect(styles("@media (min-width:1px){.view{}}")).toBe("@media (min-width:1px){.view{}}");
    expect(styles("@keyframes x{from{top:0}to{top:1px}}")).toBe("@keyframes x{from{top:0}to{top:1px}}");
  });

  test("an import that is not there is a problem, not silence", () => {
    const problems: string[] = [];
    styles('@import "./gone.wxss";', (message) => void problems.push(message));
    expect(problems).toEqual(['app.wxss: imports "./gone.wxss", which is not there']);
  });
});
