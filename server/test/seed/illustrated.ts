import type { Body } from "@weimenhu/domain/body";
import { countyWide, type DemoNotice, h, p, photo, table, village } from "./words.ts";

/** A paragraph whose middle is a link. */
const linked = (before: string, words: string, href: string, after = ""): Body[number] => ({
  t: "p",
  c: [
    { t: "text", v: before },
    { t: "a", v: words, href },
    { t: "text", v: after },
  ],
});

/** Notices with pictures of every shape, files and links, as staff write them. */
export const illustratedNotices: DemoNotice[] = [
  {
    ...village(
      13,
      17,
      "announcement",
      "路灯亮了：夜里的村道请大家看看",
      p("32 盏太阳能路灯都亮了，天黑自己亮，天亮自己灭。"),
      photo("lamps", "四组到八组的村道，晚上七点，七盏路灯都亮着"),
      h("哪里还暗"),
      p("有没照到的弯道，请告诉组长，年底前还能加两盏。"),
      photo("terraces", "从村后山坡看下去的梯田和村道"),
      linked("装灯用的钱和账目，请看", "竹溪村路灯安装收支明细", "https://www.example.gov.cn/zhuxi/lamps", "。"),
      linked("问路灯的事，打村委会电话 ", "0990-0000000", "tel:0990-0000000"),
    ),
    attachments: ["竹溪村太阳能路灯安装位置图和收支明细表（四组到八组，2026年第三季度）.pdf", "验收单.pdf"],
  },
  {
    ...village(
      31,
      10,
      "culture",
      "腊月文化广场海报征集",
      p("会画画的乡亲、学生都可以投，选中的贴在文化广场。下面是去年的样子。"),
      photo("poster", "去年的海报：橙色的山和一个大红太阳"),
      p("选中的盖这个章："),
      photo("stamp", ""),
      { t: "quote", c: [p("画得好不好不要紧，画的是我们村就行。"), photo("terraces", "梯田")] },
    ),
    attachments: ["报名表.pdf"],
  },
  {
    ...countyWide(
      21,
      9,
      "service",
      "示例县办事大厅搬新址，怎么走看这里",
      table(["怎么去", "路线"], ["坐车", "2 路到政务中心站"], ["开车", "停车场在楼后，办事免费停"]),
      photo("lamps", "新大厅门前的路，晚上有灯"),
      linked(
        "要带什么，先查",
        "办事指南",
        "https://www.example.gov.cn/service/guide?from=weimenhu&town=qingxi",
        "再来。",
      ),
    ),
    attachments: ["示例县政务服务中心楼层图.pdf"],
  },
];
