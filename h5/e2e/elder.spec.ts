import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { people, until } from "./county.ts";
import { aWalk, button, link, quiet, ready, sees, type Visit } from "./kit.ts";
import { actions } from "./look.ts";
import { address, questions, routes } from "./pages.ts";

const { county, visit } = aWalk();

const edition = (page: Page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll("#app .page")].find((el) => el.checkVisibility());
    return /skin-(\d)/.exec(shown?.className ?? "")?.[1];
  });

test("one tap on the home page brings large type everywhere, one tap takes it back", async () => {
  const at = await visit();
  const { page } = at;
  await at.open("/");
  expect(await edition(page)).toBe("0");
  await button(page, /长辈版/).click();
  expect(await edition(page)).toBe("1");
  for (const path of [
    "/services",
    "/circle",
    "/me",
    `/notices?region=${county().village.code}`,
    "/search",
    "/settings",
  ]) {
    await at.open(path);
    expect([path, await edition(page)]).toEqual([path, "1"]);
  }
  await at.open("/");
  await button(page, /普通版/).click();
  expect(await edition(page)).toBe("0");
  await page.reload();
  await ready(page);
  expect(await edition(page)).toBe("0");
  quiet(at);
  await at.close();
});

test("the edition is remembered on the account: another browser shows it as soon as one has signed in", async () => {
  const first = await visit({ as: people.follower });
  await first.open("/");
  await sees(first.page, "长辈版");
  await button(first.page, /长辈版/).click();
  const { api } = await county().person(people.follower);
  await until("the account's edition", async () =>
    (await api.account.me.query({})).me?.elder === 1 ? true : undefined,
  );
  const second = await visit({ as: people.follower });
  await second.open("/me");
  await until("the elder edition", async () => ((await edition(second.page)) === "1" ? true : undefined));
  await sees(second.page, "长辈版");
  quiet(first, second);
  await first.close();
  await second.close();
});

/** Everything that can be done, page by page, from the four tabs on. */
async function reachable(at: Visit, asked: Record<string, Record<string, string>>): Promise<Record<string, string[]>> {
  const known = new Map(Object.values(routes).map(({ path }) => [path, ""]));
  const waiting = ["/", "/services", "/circle", "/me"];
  const done: Record<string, string[]> = {};
  const questionOf = (path: string) => {
    const name = Object.keys(routes).find((one) => routes[one]?.path === path) ?? "";
    return asked[name] ? address(name, asked[name]) : path;
  };
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (done[path]) continue;
    await at.open(questionOf(path));
    const found = await actions(at.page);
    done[path] = found;
    for (const one of found) {
      const to = /^go (\/[^?]*)/.exec(one)?.[1];
      if (to !== undefined && known.has(to) && !done[to]) waiting.push(to);
    }
  }
  return done;
}

test.each([
  { who: "a villager", phone: people.villager, least: 12 },
  { who: "the secretary", phone: people.secretary, least: 15 },
])("$who can do the same in both editions", async ({ phone, least }) => {
  const asked = await questions(county());
  const { api } = await county().person(phone);
  if (phone === people.secretary) asked["deskNotice"] = { id: (await api.notices.desk.query({})).items[0]?.id ?? "" };
  const sets: Record<string, string[]>[] = [];
  for (const elder of [0, 1] as const) {
    await api.account.setElder.mutate({ elder });
    const at = await visit({ as: phone, skin: elder });
    sets.push(await reachable(at, asked));
    quiet(at);
    await at.close();
  }
  expect(Object.keys(sets[0] ?? {}).length).toBeGreaterThanOrEqual(least);
  expect(sets[1]).toEqual(sets[0]);
});

test("an article is read aloud where the browser can speak, and the button is not there where it cannot", async () => {
  const asked = await questions(county());
  const at = await visit({ skin: 1 });
  await at.context.addInitScript(() => {
    const spoken: string[] = [];
    Object.assign(globalThis, { spoken });
    speechSynthesis.speak = (utterance) => spoken.push(utterance.text);
  });
  await at.open(address("notice", asked["notice"]));
  await button(at.page, "朗读").click();
  await button(at.page, "停止朗读").waitFor();
  expect(await at.page.evaluate("spoken.join('')")).toContain("停水通知");
  await at.open(address("document", asked["document"]));
  await button(at.page, "朗读").waitFor();
  quiet(at);
  await at.close();

  const mute = await visit({ skin: 1 });
  await mute.context.addInitScript(() => {
    Object.defineProperty(globalThis, "speechSynthesis", { value: undefined });
  });
  await mute.open(address("notice", asked["notice"]));
  await link(mute.page, /其他公告/).waitFor();
  expect(await button(mute.page, "朗读").count()).toBe(0);
  await mute.close();
});
