import { useState } from "react";
import { mine } from "../../mine.ts";

const key = "searched";
const most = 8;

function read(): string[] {
  const kept = mine.get(key);
  return Array.isArray(kept) ? kept.filter((words): words is string => typeof words === "string") : [];
}

/** What this person searched on this phone; it never leaves it. */
export function useHistory() {
  const [words, setWords] = useState(read);
  const save = (next: string[]) => {
    setWords(next);
    mine.set(key, next);
  };
  return {
    words,
    add: (text: string) => save([text, ...words.filter((each) => each !== text)].slice(0, most)),
    clear: () => save([]),
  };
}
