import { type Body, type BodyFault, bodyFault, bodyText, picturesOf } from "@weimenhu/domain/body";

const words: Record<BodyFault, string> = {
  "too-deep": "列表或引用套得太深，请减少层数",
  "too-many-nodes": "正文太长，请分成几条发布",
  "too-long": "正文太长，请分成几条发布",
  "bad-link": "正文里有打不开的链接，请检查",
  "bad-picture": "正文里有不能用的图片，请重新上传",
  "too-wide": "表格太宽，最多 20 列",
};

/** What keeps this text from being saved, said to the one who writes it. */
export function titleProblem(title: string): string | null {
  const length = title.trim().length;
  if (length < 2) return "请填写标题，至少 2 个字";
  return length > 100 ? "标题最多 100 个字" : null;
}

export function bodyProblem(body: Body): string | null {
  const fault = bodyFault(body);
  if (fault) return words[fault];
  return bodyText(body).trim() === "" && picturesOf(body).length === 0 ? "请填写正文" : null;
}
