import { plainPage } from "../../../kernel/plain-page.ts";

/** What people see when the trip failed: one sentence, and a way on. It works without scripts. */
export function failedPage(words: string, again: string | null): string {
  const home = { href: "/", words: "回到首页，用手机号登录" };
  const links = again === null ? [home] : [{ href: again, words: "再试一次" }, home];
  return plainPage(words, { title: "登录没有成功", links });
}
