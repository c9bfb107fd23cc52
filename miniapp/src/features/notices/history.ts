import { useState } from "react";
import { phoneStore } from "../../platform/store.ts";

const key = "searched";
const most = 8;

function read(): string[] {
  const kept = phoneStore.get(key);
  return Array.isArray(kept) ? kept.filter((words): words is string => typeof words === "string") : [];
}

/** What was searched on this phone; it never leaves it. */
export function useHistory() {
  const [words, setWords] = useState(read);
  const save = (next: string[]) => {
    setWords(next);
    phoneStore.set(key, next);
  };
  return {
    words,
    add: (text: string) => save([text, ...words.filter((each) => each !== text)].slice(0, most)),
    clear: () => save([]),
  };
}
