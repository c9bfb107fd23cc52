import { levelOf, parentOf } from "@weimenhu/domain/base/region";
import type { Person, World } from "../world.ts";
import { type DemoPerson, demoPeople, demoRoster, newcomer, type Villager } from "./people.ts";
import { towns, zhuxi } from "./places.ts";
import { atOnce } from "./pool.ts";
import { dayMs } from "./random.ts";

/** The village that a demo person follows: where they work, or 竹溪村. */
function villageOf(one: DemoPerson): string {
  const home = one.grants[0]?.region ?? zhuxi.code;
  if (levelOf(home) === "village") return home;
  return towns.find((town) => town.code === home || parentOf(town.code) === home)?.villages[0]?.code ?? zhuxi.code;
}

export async function joinDemoPeople(staff: Map<string, Person>): Promise<void> {
  const lines = demoRoster();
  for (const one of demoPeople) {
    const { api } = staff.get(one.phone) ?? {};
    if (!api) continue;
    const village = villageOf(one);
    await api.regions.follow.mutate({ code: village });
    if (one.elder) await api.account.setElder.mutate({ elder: one.elder });
    const line = lines.find((entry) => entry.name === one.name);
    if (line) await apply(api, line);
  }
}

/** Applies to be verified; under the name of the roster's line one is so at once. */
export const apply = (api: Person["api"], line: Villager, { name = line.name, region = zhuxi.code } = {}) =>
  api.verification.submit.mutate({
    key: `seed-${line.idCard}`,
    region,
    name,
    idCard: line.idCard,
    group: line.group,
    consent: true,
  });

/**
 * Followers come over the three months; two thirds of them are verified. The last five wait for the secretary: a name is off.
 * Answers how many newcomers, from the first on, are verified.
 */
export async function joinVillagers(
  world: World,
  people: readonly Villager[],
  followers: number,
  verified: number,
  { start, now }: { start: number; now: number },
): Promise<number> {
  const there = demoPeople.filter((one) => villageOf(one) === zhuxi.code).length;
  const newcomers = people.slice(0, Math.max(0, followers - there));
  const sure = Math.max(0, verified - demoPeople.filter((one) => one.villager).length);
  const lastDay = now - 2 * dayMs;
  const day = (at: number) =>
    start + dayMs + Math.floor(((lastDay - start - dayMs) * at) / newcomers.length / dayMs) * dayMs;
  const byDay = new Map<number, { line: Villager; at: number }[]>();
  for (const [at, line] of newcomers.entries()) byDay.set(day(at), [...(byDay.get(day(at)) ?? []), { line, at }]);
  for (const [when, group] of byDay) {
    world.clock?.set(when + 10 * 3_600_000);
    await atOnce(12, group, async ({ line, at }) => {
      const { openid, phone } = newcomer(at);
      const { api } = await world.person({ openid, ...(at < sure + 5 ? { phone } : {}) });
      await api.regions.follow.mutate({ code: zhuxi.code });
      if (at < sure) await apply(api, line);
      else if (at < sure + 5) await apply(api, line, { name: `${line.name.slice(0, 1)}某` });
    });
  }
  return Math.min(sure, newcomers.length);
}
