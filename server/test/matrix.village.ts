import type { AnyProcedure, AnyRouter } from "@trpc/server";
import type { makeApi } from "../src/api.ts";
import * as regions from "../src/foundation/regions/index.ts";
import { newId } from "../src/kernel/id.ts";
import { callerOf } from "../src/kernel/rpc.ts";
import { sealer } from "../src/kernel/seal.ts";
import { isVerified } from "./appointments-kit.ts";
import { mandate, type Place, visit } from "./matrix.ts";
import { type openRoom, somebody } from "./room.ts";

type Room = Awaited<ReturnType<typeof openRoom>>;
type Codes = { county: string; village: string; neighbour: string };

/** Vendors that say no to every code: the matrix is about who may ask, not about them. */
const silent = {
  check: async () => ({ ok: true as const }),
  session: async () => ({ no: "bad-code" as const }),
  exchange: async () => ({ no: "bad-code" as const }),
  authorizeUrl: () => "https://platform.example/",
};

/** A county with two villages in two towns, and one of everything in the first. */
export async function openVillage(room: Room, make: typeof makeApi, { county, village, neighbour }: Codes) {
  const { db, clock, config } = room;
  const api = make(config, {
    seal: sealer(config),
    homeCounty: county,
    siteName: config.SITE_NAME,
    publicUrl: config.PUBLIC_URL,
    wechatMini: { ...silent, phone: async () => ({ no: "bad-code" as const }) },
    wechatWeb: silent,
    alipay: { ...silent, phone: async () => ({ no: "forged" as const }) },
    sms: { ...silent, code: async () => ({ sent: true as const }) },
  });
  const as = (caller: Parameters<Room["ctx"]>[0]) => callerOf(api)(room.ctx(caller));
  await regions.ensureCounty(db, clock.now(), county, "示例县");
  const sysadmin = as(somebody([{ role: "sysadmin", region: county }]));
  for (const code of [village, neighbour]) {
    await sysadmin.regions.add({ code: `${code.slice(0, 9)}000`, name: "镇" });
    await sysadmin.regions.add({ code, name: "村" });
  }
  const body = [{ t: "p" as const, c: [{ t: "text" as const, v: "正文" }] }];
  const words = { region: village, title: "停水通知", category: "outage" as const, body };
  const [author, reviewer, publisher] = (["committee", "supervisor", "secretary"] as const).map((role) =>
    as(somebody([{ role, region: village }])),
  );
  if (!author || !reviewer || !publisher) throw new Error("three people are needed");
  const { id: notice } = await author.notices.draft({ key: "matrix-notice-public", ...words });
  for (const [who, move] of [
    [author, "submit"],
    [reviewer, "approve"],
    [publisher, "publish"],
  ] as const)
    await who.notices.move({ id: notice, version: 1, move });
  const { id: draft } = await author.notices.draft({ key: "matrix-notice-draft0", ...words });
  const clerk = as(somebody([{ role: "clerk", region: county }]));
  const { id: portal } = await clerk.portals.add({
    key: "matrix-portal-00000",
    region: village,
    name: "来源",
    url: "https://portal.example/a.xml",
    category: "service",
    reach: "here",
  });
  const { id: post, case: raised } = await as(somebody([], { villager: [village] })).circle.post({
    key: "matrix-post-0000000",
    village,
    kind: "complaint",
    text: "村口垃圾没人清",
    hideMe: true,
  });
  if (!raised) throw new Error("a complaint is a case");
  const { id: template } = await publisher.cases.saveTemplate({
    key: "matrix-template-000",
    region: village,
    text: "马上处理",
  });
  const { id: offer } = await publisher.appointments.saveOffer({
    key: "matrix-offer-000000",
    region: village,
    ...visit,
  });
  const { slots } = await publisher.appointments.slots({ offer });
  const slot = slots.find(({ free }) => free > 0)?.id ?? "";
  const visited = somebody([], { villager: [village] });
  await isVerified(room, visited.personId, village);
  const booked = await as(visited).appointments.book({ key: "matrix-booking-0000", slot, place: "一组 3 号" });
  const asked = await as(visited).mandates.ask({ key: "matrix-mandate-0000", region: village, ...mandate });
  const place: Place = {
    village,
    county,
    notice,
    draft,
    portal,
    application: newId(),
    post,
    case: raised.id,
    template,
    offer,
    slot,
    appointment: booked.id,
    mandate: asked.id,
    grant: newId(),
    session: newId(),
  };
  const procedures = (api as AnyRouter)._def.procedures as Record<string, AnyProcedure>;
  return { place, procedures };
}
