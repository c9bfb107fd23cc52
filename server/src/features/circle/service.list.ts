import { readFileSync } from "node:fs";
import { wordCheck, wordsOf } from "@weimenhu/domain/circle/words";
import { ConfigFault } from "../../kernel/config.ts";
import type { CircleDeps } from "./deps.ts";

/** Looked at before others read them where the county names no list of its own: a start. */
const ours: readonly string[] = [
  "代开发票",
  "办证刻章",
  "高利贷",
  "裸聊",
  "网络赌博",
  "在线赌场",
  "六合彩",
  "刷单返利",
  "兼职刷单",
  "套现",
  "出售枪支",
  "迷药",
  "代孕",
  "买卖银行卡",
  "跑分平台",
];

/** The words of the file, or of the list that came with this build where none is named. A file at fault is a `ConfigFault`. */
export function loadWordCheck(file: string): CircleDeps["checkWords"] {
  const holds = wordCheck(file === "" ? ours : wordsOf(read(file)));
  return (text) => (holds(text) ? "held" : "passed");
}

function read(file: string): string {
  try {
    // Saved as GBK it would be a list of words that nobody writes.
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (fault) {
    throw new ConfigFault([`CIRCLE_WORDS_FILE: ${file} cannot be read (${String(fault)})`]);
  }
}
