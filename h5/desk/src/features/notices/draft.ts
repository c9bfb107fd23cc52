import type { Body } from "@weimenhu/domain/body";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { bodyProblem, titleProblem } from "../../body/problem.ts";
import type { Out } from "../../rpc.ts";

export type Notice = Out<"notices.deskGet">;
export type Attachment = Notice["attachments"][number];

/** What is being written. */
export type Words = {
  title: string;
  category: NoticeCategory | "";
  region: string;
  reach: "here" | "subtree";
  body: Body;
  attachments: Attachment[];
};

export const noWords = (region: string): Words => ({
  title: "",
  category: "",
  region,
  reach: "here",
  body: [],
  attachments: [],
});

export function wordsFrom(notice: Notice): Words {
  const { title, category, region, reach, body, attachments } = notice;
  return { title, category, region, reach, body, attachments };
}

export const sameWords = (a: Words, b: Words): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
const ordered = (w: Words) => [
  w.title.trim(),
  w.category,
  w.region,
  w.reach,
  w.body.map((block) => block),
  w.attachments.map((one) => one.id),
];

/** The first thing to put right before this can be saved. */
export function wordsProblem(words: Words): string | null {
  if (words.region === "") return "请选择发布的地方";
  if (words.category === "") return "请选择栏目";
  return titleProblem(words.title) ?? bodyProblem(words.body);
}

/** As the wire takes it; only asked of words without a problem. */
export function onWire(words: Words) {
  if (words.category === "") throw new Error("a category is needed");
  return {
    title: words.title.trim(),
    category: words.category,
    body: words.body,
    attachments: words.attachments.map((one) => one.id),
    reach: words.reach,
  };
}
