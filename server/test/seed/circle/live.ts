import { loadCalendar } from "../../../src/foundation/cases/index.ts";
import type { Person, World } from "../../world.ts";
import { photosFor } from "../media.ts";
import { demoPeople, newcomer } from "../people.ts";
import { taoping, zhuxi } from "../places.ts";
import { atOnce } from "../pool.ts";
import { endedCases } from "./ended.ts";
import { nextNeighbours } from "./next.ts";
import { openCases } from "./open.ts";
import { type Act, type DemoPost, day, type Today, type Who, workday } from "./tale.ts";
import { nextVillage, talk } from "./talk.ts";

type Village = { world: World; code: string; today: Today; who: (who: Who) => Person; likers: readonly Person[] };
type Event = { at: number; run: () => Promise<unknown> };
/** A post as it stands: with its case, and the comments under it in order. */
type Made = { id: string; caseId: string | null; said: string[] };
export type CircleOptions = {
  now: number;
  as: (phone: string) => Person;
  /** How many newcomers, from the first on, may speak. */
  verified: number;
};

/** Enough of them that the village does not sound like three people. */
const mostNeighbours = 24;

/** The last weeks of the village circle, told in order of time. Answers how many posts there are. */
export async function liveCircle(world: World, { now, as, verified }: CircleOptions): Promise<number> {
  const today: Today = { now, calendar: loadCalendar("") };
  const neighbours = await signIn(world, Math.min(mostNeighbours, verified));
  const others = await nextNeighbours(world, as);
  const speakers = (list: readonly Person[]) => (who: Who) => {
    const person = typeof who === "string" ? (others.byPhone.get(who) ?? as(who)) : list[who % list.length];
    if (!person) throw new Error(`nobody is number ${who}`);
    return person;
  };
  const home: Village = { world, code: zhuxi.code, today, who: speakers(neighbours), likers: neighbours };
  const next: Village = { ...home, code: taoping.code, who: speakers(others.villagers), likers: others.villagers };
  const posts = [...openCases, ...endedCases, ...talk];
  const everybody = [
    ...demoPeople.map(({ phone }) => as(phone)),
    ...neighbours,
    ...others.villagers,
    ...others.byPhone.values(),
  ];
  const look = ({ api }: Person) => api.account.me.query({});
  const events = [
    ...posts.flatMap((post, i) => eventsOf(home, post, i)),
    ...nextVillage.flatMap((post, i) => eventsOf(next, post, i)),
    // Silence closes, and what is overdue is shown to the town, when the clock comes by.
    ...[workday(11, "08:00"), workday(1, "00:10")].map((at) => ({ at: at(today), run: () => world.settle() })),
    // A session ends when its phone is not opened for a month.
    ...[45, 30, 15].map((back) => ({ at: day(back, "06:30")(today), run: () => atOnce(6, everybody, look) })),
    // What was told before has been read.
    {
      at: day(2, "22:00")(today),
      run: () => atOnce(4, demoPeople, ({ phone }) => as(phone).api.messages.readAll.mutate({})),
    },
  ];
  for (const { at, run } of events.toSorted((a, b) => a.at - b.at)) {
    world.clock?.set(at);
    await run();
  }
  return posts.length + nextVillage.length;
}

async function signIn(world: World, count: number): Promise<Person[]> {
  const people: Person[] = [];
  await atOnce(6, [...Array(count).keys()], async (at) => {
    const { phone, openid } = newcomer(at);
    // Every fifth comes by the other platform.
    people[at] = await world.person(
      at % 5 === 4 ? { phone, openid: `oAli_${at}`, channel: "alipay" } : { phone, openid },
    );
  });
  return people;
}

function eventsOf(village: Village, post: DemoPost, number: number): Event[] {
  const { today, world, likers } = village;
  const key = `demo-circle-${village.code}-${number}`;
  const made: Made = { id: "", caseId: null, said: [] };
  const at = post.at(today);
  const events: Event[] = [{ at, run: async () => Object.assign(made, await write(village, post, key)) }];
  for (const [i, act] of (post.then ?? []).entries()) {
    const when = act.at(today);
    if (when < (events.at(-1)?.at ?? 0)) throw new Error(`what follows on “${post.text.slice(0, 12)}” is out of order`);
    events.push({ at: when, run: () => follow(village, made, act, `${key}-${i}`) });
  }
  const fans = likers.map((_, i) => likers[(i + number) % likers.length]).slice(0, post.likes ?? 0);
  const like = async (fan: Person | undefined) => fan?.api.circle.like.mutate({ id: made.id, on: true });
  const later = Math.min(at + 2 * 3_600_000, today.now - 60_000);
  if (fans.length > 0) events.push({ at: later, run: () => atOnce(4, fans, like) });
  if (post.photos) events.splice(1, 0, { at, run: () => world.settle().then(() => takenUp(village, post, made)) });
  return events;
}

async function write(village: Village, post: DemoPost, key: string): Promise<Made> {
  const by = village.who(post.by);
  const { kind, text, place, audience, hideMe } = post;
  const photos = await photosFor(village.world, by, post.photos ?? [], key);
  const input = { key, village: village.code, kind, text, photos, place, audience, hideMe };
  const written = await by.api.circle.post.mutate(input);
  return { id: written.id, caseId: written.case?.id ?? null, said: [] };
}

/** Its pictures were looked at: now others see it, and what must be handled is a case. */
async function takenUp(village: Village, post: DemoPost, made: Made): Promise<void> {
  const seen = await village.who(post.by).api.circle.get.query({ id: made.id });
  if (seen.check !== "passed") throw new Error(`“${post.text.slice(0, 12)}” is ${seen.check}`);
  made.caseId = seen.case?.id ?? null;
}

async function follow(village: Village, made: Made, act: Act, key: string): Promise<void> {
  const by = village.who(act.by);
  const { id, said } = made;
  if ("says" in act) {
    const { says: text, callVillage } = act;
    const under = act.under === undefined ? undefined : said[act.under];
    const { discussion } = await by.api.circle.comment.mutate({ id, key, text, callVillage, under });
    said.push(discussion.find((one) => one.text === text && one.by.mine)?.id ?? "");
  } else if ("answers" in act) {
    await by.api.circle.reply.mutate({ id, key, text: act.answers });
  } else {
    if (made.caseId === null) throw new Error(`post ${key} is no case`);
    await handle(village, by, made.caseId, act, key);
  }
}

type Handled = Extract<Act, { move: unknown } | { stars: unknown }>;

async function handle(village: Village, by: Person, id: string, act: Handled, key: string): Promise<void> {
  if ("stars" in act) {
    const { stars, tags, text } = act;
    await by.api.cases.rate.mutate({ id, key, stars, tags, text });
    return;
  }
  const { move, text, reason } = act;
  const photos = await photosFor(village.world, by, act.photos ?? [], key);
  const to = act.to === undefined ? undefined : village.who(act.to).id;
  await by.api.cases.move.mutate({ id, key, move, text, reason, to, photos });
  // What an author says is looked at before others read it, and not days later.
  if (text) await village.world.settle();
}
