import { noticeMoves, noticeTable } from "@weimenhu/domain/notices/state";
import { expect, test } from "vitest";
import { type Notice, noWords, sameWords, type Words, wordsProblem } from "./draft.ts";
import { addressFrom } from "./link-dialog.tsx";
import { isLocalCopy, keepCopy, readCopy } from "./local-copy.ts";
import { saver } from "./saver.ts";
import { chosen, versionLines } from "./versions.tsx";
import { moveWords } from "./words.ts";

const words = (title: string): Words => ({
  ...noWords("990101101001"),
  title,
  category: "service",
  body: [{ t: "p", c: [{ t: "text", v: "正文" }] }],
});
const stored = (id: string, version: number): Notice => ({
  id,
  version,
  title: "",
  category: "service",
  region: "990101101001",
  regionName: "",
  state: "draft",
  reach: "here",
  publicVersion: null,
  pinned: false,
  author: "",
  reviewer: null,
  note: null,
  scheduledAt: null,
  publishedAt: null,
  changedAt: 0,
  may: [],
  body: [],
  attachments: [],
});

/** A server that may lose its answers: what it stored under a key it answers again. */
function world() {
  const byKey = new Map<string, Notice>();
  const heard: string[] = [];
  const fails: (Error | { data: object } | null)[] = [];
  let keys = 0;
  const wire = {
    draft: async (input: { key: string; title: string }) => {
      heard.push(`draft ${input.key} ${input.title}`);
      const fail = fails.shift();
      if (fail && "data" in fail) throw fail;
      const notice = byKey.get(input.key) ?? stored(`N${byKey.size + 1}`, 1);
      byKey.set(input.key, notice);
      if (fail) throw fail;
      return notice;
    },
    save: async (input: { id: string; version: number; title: string }) => {
      heard.push(`save ${input.id} ${input.version} ${input.title}`);
      return stored(input.id, input.version + 1);
    },
  };
  return { byKey, heard, fails, saver: saver(wire, () => `k${++keys}`), wire };
}

test("a first save whose answer was lost never becomes two notices, though the words changed since", async () => {
  const w = world();
  w.fails.push(new TypeError("lost"));
  await expect(w.saver.save(words("一稿"), null)).rejects.toThrow("lost");
  expect((await w.saver.save(words("二稿"), null)).id).toBe("N1");
  expect(w.heard).toEqual(["draft k1 一稿", "draft k1 一稿", "save N1 1 二稿"]);
  expect(w.byKey.size).toBe(1);
});

test("the lost save is found again after a crash of the browser", async () => {
  const w = world();
  w.fails.push(new TypeError("lost"));
  await expect(w.saver.save(words("一稿"), null)).rejects.toThrow("lost");
  const reborn = saver(w.wire, () => "other", w.saver.sent());
  expect((await reborn.save(words("一稿"), null)).id).toBe("N1");
  expect(w.byKey.size).toBe(1);
});

test("a refused first save is a new act when it is put right", async () => {
  const w = world();
  w.fails.push({ data: { refusal: { word: "BODY_BAD" } } });
  await expect(w.saver.save(words("一稿"), null)).rejects.toBeTruthy();
  await w.saver.save(words("二稿"), null);
  expect(w.heard).toEqual(["draft k1 一稿", "draft k2 二稿"]);
});

test("a notice that has an id is saved over the version it grew from", async () => {
  const w = world();
  await w.saver.save(words("三稿"), { id: "N9", version: 4 });
  expect(w.heard).toEqual(["save N9 4 三稿"]);
});

test("words that cannot be saved say what is missing, one thing at a time", () => {
  expect(wordsProblem(noWords(""))).toContain("地方");
  expect(wordsProblem(noWords("990101101001"))).toContain("栏目");
  expect(wordsProblem({ ...words("一"), title: " 一 " })).toContain("标题");
  expect(wordsProblem({ ...words("标题"), body: [] })).toContain("正文");
  expect(
    wordsProblem({ ...words("标题"), body: [{ t: "p", c: [{ t: "a", href: "javascript:1", v: "x" }] }] }),
  ).toContain("链接");
  expect(wordsProblem(words("标题"))).toBeNull();
});

test("blanks around the title are no change, a word in the body is", () => {
  expect(sameWords(words("标题"), words(" 标题 "))).toBe(true);
  expect(sameWords(words("标题"), { ...words("标题"), body: [] })).toBe(false);
});

test("the copy in the browser comes back whole, for its writer and its notice only", () => {
  const kept = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const copy = { version: 3, at: 5, words: words("写了一半"), sent: null };
  expect(keepCopy("me", "N1", copy, shelf)).toBe(true);
  expect(readCopy("me", "N1", shelf)).toEqual(copy);
  expect(readCopy("other", "N1", shelf)).toBeNull();
  expect(readCopy("me", null, shelf)).toBeNull();
});

test("a copy in a shape nobody knows any more is no copy, and no room is no exception", () => {
  for (const text of ["{", "null", "7", '{"at":1}', '{"at":1,"version":null,"sent":null,"words":{"title":1}}']) {
    expect(
      readCopy("me", null, { getItem: () => text, setItem: () => undefined, removeItem: () => undefined }),
    ).toBeNull();
  }
  expect(isLocalCopy({ at: 1, version: "3", words: words("x"), sent: null })).toBe(false);
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  };
  expect(keepCopy("me", null, { version: null, at: 1, words: words("x"), sent: null }, full)).toBe(false);
});

test("every move that needs a reason asks for one", () => {
  const needy = noticeMoves.filter((move) => noticeTable[move].reason);
  expect(needy.filter((move) => !moveWords[move].reason)).toEqual([]);
  expect(noticeMoves.filter((move) => moveWords[move].label === "")).toEqual([]);
});

test("the last two versions are compared unless the address names others", () => {
  const items = [1, 2, 3].map((version) => ({ version, title: "", by: "", at: 0, public: false }));
  expect(chosen(items, new URLSearchParams())).toEqual([2, 3]);
  expect(chosen(items, new URLSearchParams("from=1"))).toEqual([1, 3]);
  expect(chosen(items, new URLSearchParams("from=99&to=2"))).toEqual([1, 2]);
  expect(chosen(items.slice(0, 1), new URLSearchParams())).toBeNull();
});

test("whom a notice reaches is compared like its words", () => {
  const version = { title: "停水", category: "outage" } as const;
  const said = (reach: "here" | "subtree") =>
    versionLines({ ...version, body: [], attachments: [], reach }).map(({ kind, text }) => `${kind}：${text}`);
  expect(said("here")).toEqual(["标题：停水", "栏目：停水停电", "谁能看到：只在这里显示"]);
  expect(said("subtree").at(-1)).toBe("谁能看到：下面各村镇都显示");
});

test("an address typed without its scheme is one of the web", () => {
  expect(addressFrom(" example.com/a ")).toBe("https://example.com/a");
  expect(addressFrom("tel:110")).toBe("tel:110");
  expect(addressFrom("javascript:alert(1)")).toBe("javascript:alert(1)");
});
