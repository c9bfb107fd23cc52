import { isWeb } from "../platform/env.ts";

/**
 * The site's server writes the first answers into the page, so that the first drawing already has content:
 * `<script type="application/json" id="first-answers">{"at": ms, "answers": {"notices.list?{…}": …}}</script>`
 */
type First = { at: number; answers: Record<string, unknown> };

let first: First | null = null;
let read = false;

const isFirst = (value: unknown): value is First =>
  typeof value === "object" && value !== null && "at" in value && "answers" in value;

function readOnce(): First | null {
  if (read || !isWeb || typeof document === "undefined") return first;
  read = true;
  const text = document.getElementById("first-answers")?.textContent;
  const parsed: unknown = text ? JSON.parse(text) : null;
  first = isFirst(parsed) ? parsed : null;
  return first;
}

export function firstAnswer(name: string): { data: unknown; at: number } | null {
  const found = readOnce();
  return found && name in found.answers ? { data: found.answers[name], at: found.at } : null;
}

let drawn = false;

/** Called when the first page stands: the server's copy of it goes away, at the same scroll position. */
export function firstPageDrawn(): void {
  if (drawn || !isWeb) return;
  drawn = true;
  const copy = document.getElementById("first");
  if (!copy) return;
  const top = Math.max(copy.scrollTop, copy.querySelector(".scroll")?.scrollTop ?? 0);
  document.documentElement.classList.remove("first");
  copy.remove();
  const page = document.querySelector(".taro_page .scroll") ?? document.querySelector(".taro_page");
  if (page) page.scrollTop = top;
}
