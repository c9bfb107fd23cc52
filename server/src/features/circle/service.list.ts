import { readFileSync } from "node:fs";
import { wordCheck, wordsOf } from "@weimenhu/domain/circle/words";
import { ConfigFault } from "../../kernel/config.ts";
import type { CircleDeps } from "./deps.ts";

const ours = new URL("../../../data/circle-words.txt", import.meta.url);

/** The words of the file, or of the list that came with this build where none is named. A file at fault is a `ConfigFault`. */
export function loadWordCheck(file: string): CircleDeps["checkWords"] {
  const holds = wordCheck(wordsOf(read(file)));
  return (text) => (holds(text) ? "held" : "passed");
}

function read(file: string): string {
  try {
    return readFileSync(file === "" ? ours : file, "utf8");
  } catch (fault) {
    throw new ConfigFault([`CIRCLE_WORDS_FILE: ${file} cannot be read (${String(fault)})`]);
  }
}
