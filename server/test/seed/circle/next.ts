import type { Person, World } from "../../world.ts";
import { apply } from "../join.ts";
import { roster } from "../people.ts";
import { taoping } from "../places.ts";
import { migrant } from "./tale.ts";
import { nextSecretary } from "./talk.ts";

const villagers = 4;

/** 桃坪村 has a secretary and a few verified villagers; somebody of 竹溪村 follows it too. */
export async function nextNeighbours(
  world: World,
  as: (phone: string) => Person,
): Promise<{ byPhone: Map<string, Person>; villagers: Person[] }> {
  const secretary = await world.person({ phone: nextSecretary });
  const office = { phone: nextSecretary, name: "胡立夏", role: "secretary" as const, region: taoping.code };
  await as("19900000031").api.grants.give.mutate(office);
  const rows = roster(2800 + villagers)
    .slice(-villagers)
    .map((line, i) => ({ ...line, household: `TP000${i + 1}` }));
  await secretary.api.verification.importRoster.mutate({ region: taoping.code, rows });
  const people: Person[] = [];
  for (const [i, line] of rows.entries()) {
    const one = await world.person({ phone: `1990000005${i}` });
    await one.api.regions.follow.mutate({ code: taoping.code });
    await apply(one.api, line, { region: taoping.code });
    people.push(one);
  }
  await as(migrant).api.regions.follow.mutate({ code: taoping.code });
  return { byPhone: new Map([[nextSecretary, secretary]]), villagers: people };
}
