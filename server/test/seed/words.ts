import type { Body } from "@weimenhu/domain/body";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import type { PictureName } from "./pictures.ts";
import { county, qingxi, zhuxi } from "./places.ts";

/** A notice of the demo: `day` counts back from the day of the seed, 0 is today. */
export type DemoNotice = {
  day: number;
  hour: number;
  region: string;
  category: NoticeCategory;
  title: string;
  body: Body;
  pinned?: true;
  /** Names of files to hang on; a body shows a picture by `photo(name, …)`. */
  attachments?: string[];
};

export const p = (v: string): Body[number] => ({ t: "p", c: [{ t: "text", v }] });
export const h = (v: string): Body[number] => ({ t: "h", level: 2, c: [{ t: "text", v }] });
/** A picture that `pictures.ts` draws; publishing puts its address and measures here. */
export const photo = (name: PictureName, alt: string): Body[number] => ({ t: "img", src: `/demo/${name}`, alt });
export const ul = (...lines: string[]): Body[number] => ({ t: "ul", items: lines.map((line) => [p(line)]) });
export const ol = (...lines: string[]): Body[number] => ({ t: "ol", items: lines.map((line) => [p(line)]) });
export const table = (head: string[], ...rows: string[][]): Body[number] => ({
  t: "table",
  rows: [
    head.map((v) => ({ head: true as const, c: [{ t: "text" as const, v }] })),
    ...rows.map((row) => row.map((v) => ({ c: [{ t: "text" as const, v }] }))),
  ],
});

/** Notices of one place. */
const noticesOf =
  (region: string) =>
  (day: number, hour: number, category: NoticeCategory, title: string, ...body: Body): DemoNotice => ({
    day,
    hour,
    region,
    category,
    title,
    body,
  });
export const village = noticesOf(zhuxi.code);
export const town = noticesOf(qingxi);
export const countyWide = noticesOf(county.code);
