/** What the walks share: a lived-in county behind the built bundles, and phones that must be clean when they are put down. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Answers, expectClean, jsdomView, MiniHost, type Platform, type StartOptions } from "@weimenhu/minihost";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { copyRows } from "../../server/test/database/fresh.ts";
import { freshDatabase } from "../../server/test/database/index.ts";
import { type Person, startWorld, type World } from "../../server/test/world.ts";

const root = path.join(import.meta.dirname, "..", "..");

export const platforms: Platform[] = ["weapp", "alipay"];
export const zhuxi = { code: "990101101201", name: "竹溪村" };
export const taoping = { code: "990101101202", name: "桃坪村" };
export const resident = "19900000001";
export const secretary = "19900000010";
export const committee = "19900000011";
export const supervisor = "19900000012";

/** Limits of the project's budget: what one `setData` may carry, and what a first screen may hold. */
const setDataBytes = 64 * 1024;
export const firstScreenNodes = 600;

export type County = Awaited<ReturnType<typeof openCounty>>;

/** The demo county after three months of life, on a database, a folder and ports of its own. */
async function openCounty(more: { hospital?: boolean } = {}) {
  const lived = inject("lived");
  const database = await freshDatabase();
  await copyRows(lived.url, database.url);
  const media = mkdtempSync(path.join(tmpdir(), "weimenhu-walk-"));
  cpSync(lived.media, media, { recursive: true });
  const world = await startWorld({ databaseUrl: database.url, env: { MEDIA_DIR: media }, ...more });
  const people = new Map<string, Promise<Person>>();
  return {
    world,
    databaseUrl: database.url,
    /** What a demo person does from another phone of theirs. */
    async as(phone: string): Promise<Person["api"]> {
      const known = people.get(phone) ?? world.person({ phone, openid: `o-demo-${phone}` });
      people.set(phone, known);
      return (await known).api;
    },
    /** The public notice whose title has these words. */
    async noticeId(words: string): Promise<string> {
      const { items } = await world.anybody().notices.list.query({ region: zhuxi.code, limit: 50 });
      const found = items.find(({ title }) => title.includes(words));
      if (!found) throw new Error(`no notice has ${words}`);
      return found.id;
    },
    async close(): Promise<void> {
      await world.close();
      await database.drop();
      rmSync(media, { recursive: true, force: true });
    },
  };
}

/** The county of one test file: opened before its tests, closed after them. */
export function aCounty(more: { hospital?: boolean } = {}): () => County {
  let county: County | null = null;
  beforeAll(async () => {
    county = await openCounty(more);
  });
  afterAll(() => county?.close());
  return () => {
    if (!county) throw new Error("the county opens before the tests");
    return county;
  };
}

/** Phones of one platform for the tests around: after each they are put down and must be clean. */
export function phonesOf(platform: Platform, county: () => Pick<County, "world">): Phones {
  const phones = new Phones(platform, county);
  afterEach(() => phones.putDown());
  return phones;
}

export type Hand = Partial<Omit<StartOptions, "on">> & {
  on?: Partial<Answers>;
  /** Whom the platform knows on this phone; a stranger without it. */
  openid?: string;
  /** The number that the phone button gives. */
  number?: string;
  /** Already signed in as this demo person. */
  as?: string;
  /** Another server than the county's own. */
  server?: string;
};

/** Opens phones for one test; at the end each is stopped and must be clean. */
export class Phones {
  readonly platform: Platform;
  readonly #county: () => Pick<County, "world">;
  readonly #open: MiniHost[] = [];

  constructor(platform: Platform, county: () => Pick<County, "world">) {
    this.platform = platform;
    this.#county = county;
  }

  async start({ openid = `o-${crypto.randomUUID()}`, number, as, server, on, ...rest }: Hand = {}): Promise<MiniHost> {
    const { world } = this.#county();
    const signedIn = as === undefined ? {} : { storage: await this.#sessionOf(as) };
    const dist = distOf(this.platform);
    const builtFor = serverOf(dist);
    const host = await MiniHost.start({
      dist,
      platform: this.platform,
      view: jsdomView(),
      allow: [builtFor],
      hosts: { [builtFor]: server ?? world.url },
      ...signedIn,
      ...rest,
      on: { ...vendor(world, this.platform, openid, number), ...on },
    });
    this.#open.push(host);
    return host;
  }

  async #sessionOf(phone: string): Promise<Record<string, unknown>> {
    const { world } = this.#county();
    const { token } = await world.person({ phone, channel: this.platform, openid: `o-walk-${phone}` });
    return { token };
  }

  async putDown(): Promise<void> {
    const hosts = this.#open.splice(0);
    for (const host of hosts) await host.stop();
    for (const host of hosts) {
      expectClean(host);
      expect(host.setDatas.filter(({ bytes }) => bytes > setDataBytes)).toEqual([]);
    }
  }
}

function distOf(platform: Platform): string {
  const dist = path.join(root, "miniapp", "dist", platform);
  if (!existsSync(path.join(dist, "app.json")))
    throw new Error(`${dist} is not built: run npm run build:${platform} -w miniapp`);
  return dist;
}

/** The local server that the bundle was built for: its address stands in the code. The phone's hosts lead from there to the walk's own. */
function serverOf(dist: string): string {
  for (const file of readdirSync(dist).filter((name) => name.endsWith(".js"))) {
    const found = /"(http:\/\/(?:localhost|127\.0\.0\.1):\d+)"/.exec(readFileSync(path.join(dist, file), "utf8"));
    if (found?.[1]) return found[1];
  }
  throw new Error(`${dist} was built for another server: build it without TARO_APP_API`);
}

/** What the vendor's apps hand to the page for this person. */
function vendor(world: World, platform: Platform, openid: string, number: string | undefined): Partial<Answers> {
  const { wechat, alipay } = world.outside;
  const refused = () => {
    throw new Error("user deny");
  };
  return platform === "weapp"
    ? {
        login: () => ({ code: wechat.control.issueCode(openid) }),
        phone: number === undefined ? refused : () => ({ code: wechat.control.issuePhoneCode(number) }),
      }
    : {
        login: () => ({ code: alipay.control.issueCode(openid) }),
        phone: number === undefined ? refused : () => alipay.control.issuePhone(number),
      };
}

/** A picture of the page for people to look at, into the ignored folder; nothing is judged by it. */
export async function picture(host: MiniHost, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  if (process.env["PICTURES"] === "no") return;
  const folder = path.join(root, ".screens");
  mkdirSync(folder, { recursive: true });
  await host.screenshot(path.join(folder, `${name}.png`), options);
}

/** The queries and acts of one exchange with the server, by name: `GET /trpc/a,b?batch=1`. */
export const procedures = (host: MiniHost): string[] =>
  host.requests.flatMap(({ url }) => {
    const at = new URL(url).pathname.split("/trpc/")[1];
    return at === undefined ? [] : at.split(",");
  });

/** Opens a page as from a card; everything that was open goes. */
export const open = (host: MiniHost, url: string): Promise<void> => host.foreground(`/${url}`);

export const pages = {
  home: "tabs/home/index",
  services: "tabs/services/index",
  circle: "tabs/circle/index",
  me: "tabs/me/index",
  notices: "features/notices/list",
  notice: "features/notices/detail",
  search: "features/notices/search",
  desk: "features/notices/desk",
  deskNotice: "features/notices/desk-notice",
  compose: "features/notices/compose",
  offers: "features/appointments/index",
  bookSlot: "features/appointments/book",
  ticket: "features/appointments/ticket",
  daySheet: "features/appointments/day",
  hospital: "features/appointments/hospital",
  tickets: "features/appointments/mine",
  cases: "features/cases/desk",
  case: "features/cases/detail",
  board: "features/cases/board",
  post: "features/circle/post",
  writePost: "features/circle/write",
  searchPosts: "features/circle/search",
  circleLog: "features/circle/log",
  moderation: "features/circle/moderation",
  blocked: "features/circle/blocked",
  region: "features/region/index",
  settings: "features/system/settings",
  about: "features/system/about",
  document: "features/system/document",
  update: "features/system/update",
  signIn: "features/signin/index",
  phone: "features/signin/phone",
  second: "features/signin/second",
  verify: "features/verification/index",
  verifyQueue: "features/verification/queue",
  guardians: "features/verification/guardians",
  family: "features/family/index",
  familyAsk: "features/family/ask",
  mandates: "features/family/desk",
  messages: "features/messages/index",
  sessions: "features/me/sessions",
  account: "features/me/account",
} as const;

/** Everything that a finger may press or type into. */
export const tappable = ".tap, .textlink, .b-link, wx-button, wx-input, wx-textarea, wx-picker, wx-switch";

/** Something that a villager said, answered by the village and commented on by a neighbour; its id. */
async function aPost({ as }: County): Promise<string> {
  const [author, neighbour] = [await as(resident), await as("19900000002")];
  const { id } = await author.circle.post.mutate({
    key: crypto.randomUUID(),
    village: zhuxi.code,
    kind: "help",
    text: "村口的路灯不亮了",
    place: "村口桥边",
  });
  await (await as(secretary)).circle.reply.mutate({ id, key: crypto.randomUUID(), text: "今天下午就去看" });
  await neighbour.circle.comment.mutate({ id, key: crypto.randomUUID(), text: "我家门口的也不亮" });
  return id;
}

/** Something that a villager raised and nobody has taken up; the id of its case. */
export async function aCase({ as }: County, text: string): Promise<string> {
  const input = { key: crypto.randomUUID(), village: zhuxi.code, kind: "help" as const, text };
  const post = await (await as(resident)).circle.post.mutate(input);
  if (!post.case) throw new Error("the post is no case");
  return post.case.id;
}

/** What can be booked, and a place that the secretary has taken. */
async function appointmentPages({ as }: County): Promise<{ bookSlot: string; ticket: string }> {
  const { appointments } = await as(secretary);
  const { items } = await appointments.offers.query({ region: zhuxi.code, sort: "hall" });
  const offer = items[0]?.id ?? "";
  const before = (await appointments.mine.query({})).items.find(({ state }) => state === "booked");
  if (before) return { bookSlot: `?offer=${offer}`, ticket: `?id=${before.id}` };
  const { slots } = await appointments.slots.query({ offer });
  const slot = slots.find(({ free }) => free > 0)?.id ?? "";
  const { id } = await appointments.book.mutate({ key: crypto.randomUUID(), slot });
  return { bookSlot: `?offer=${offer}`, ticket: `?id=${id}` };
}

/** Every page with something on it, for the village's secretary. */
export async function everyPage(county: County): Promise<[string, string][]> {
  const [draft] = (await (await county.as(secretary)).notices.desk.query({ state: "review" })).items;
  const special: Partial<Record<keyof typeof pages, string>> = {
    notice: `?id=${await county.noticeId("服务室调整")}`,
    document: "?name=privacy",
    deskNotice: `?id=${draft?.id}`,
    case: `?id=${await aCase(county, "二组的水渠堵了")}`,
    ...(await appointmentPages(county)),
    verify: `?region=${zhuxi.code}`,
    post: `?id=${await aPost(county)}`,
  };
  const names = Object.keys(pages) as (keyof typeof pages)[];
  const illustrated: [string, string][] = [];
  for (const words of ["路灯亮了", "海报征集"])
    illustrated.push([`notice-${words}`, `${pages.notice}?id=${await county.noticeId(words)}`]);
  return [...names.map((name): [string, string] => [name, `${pages[name]}${special[name] ?? ""}`]), ...illustrated];
}
