import type { Bag, Callable } from "../types.ts";
import { type Kit, Refused, texts } from "./kit.ts";

/** Newer phones take five, older ones refuse more than three. */
const MOST = 3;

type Said = "accept" | "reject" | "ban";

/** What the person answered for each template that was asked for; null when the sheet never came up. */
async function asked({ phone }: Kit, templates: string[]): Promise<Record<string, Said> | null> {
  const said = await phone.answers.subscribe(templates);
  return said === "off" ? null : Object.fromEntries(templates.map((id) => [id, said[id] ?? "reject"]));
}

/** `wx.requestSubscribeMessage`: only straight from a tap; all templates refused is a success too. */
export const wechatSubscribe = (kit: Kit): Callable =>
  kit.fromTap("requestSubscribeMessage", async ({ tmplIds }) => {
    const templates = texts(tmplIds);
    if (templates.length === 0) throw new Refused("TmplIds can't be empty", { errCode: 10001 });
    if (templates.length > MOST) throw new Refused("Templates count out of max bound", { errCode: 20003 });
    const said = await asked(kit, templates);
    if (said === null) throw new Refused("The main switch is switched off", { errCode: 20004 });
    return said;
  });

/** `my.requestSubscribeMessage`: nothing accepted is a failure with `behavior: "cancel"`. */
export const alipaySubscribe = (kit: Kit): Callable =>
  kit.later("requestSubscribeMessage", async ({ entityIds }) => {
    const templates = texts(entityIds);
    if (templates.length === 0 || templates.length > MOST)
      throw new Refused("无效的参数", { error: 203, errorCode: 203, behavior: "" });
    const said = await asked(kit, templates);
    const yes = templates.filter((id) => said?.[id] === "accept");
    const no = templates.filter((id) => !yes.includes(id));
    const result: Bag = { subscribedEntityIds: yes, unsubscribedEntityIds: no, currentSubscribedEntityIds: yes };
    const each = Object.fromEntries(templates.map((id) => [id, yes.includes(id) ? "accept" : "reject"]));
    const show = said !== null;
    if (yes.length > 0)
      return { behavior: "subscribe", keep: false, show, ...each, result: { ...result, subscribeEntityIds: yes } };
    throw new Refused("用户取消订阅", {
      ...{ error: 11, errorCode: 11, behavior: "cancel", keep: !show, show },
      ...each,
      result: { ...result, entityList: templates },
    });
  });
