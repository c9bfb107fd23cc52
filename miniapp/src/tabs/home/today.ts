import type { Place } from "../../place.ts";
import { to } from "../../platform/navigate.ts";
import { countText } from "../../ui/count.ts";
import type { Me, OutputOf } from "../../wire.ts";
import type { Today } from "./view.tsx";

type Waiting = Pick<OutputOf<"desk.waiting">["items"][number], "kind" | "title" | "regionName">;

/** What was raised by this person: the case that waits for their yes, and how much they were told and have not read. */
type Own = { confirm: string | null; unread: number };

const nothing: Own = { confirm: null, unread: 0 };

/** What waits for this person, the most pressing first; at most three, so that the page stays calm, unless more work does. */
export function todayOf(me: Me | null, place: Place | null, waiting: readonly Waiting[], own: Own = nothing): Today[] {
  const items: Today[] = [];
  if (own.confirm !== null) {
    const words = "您反映的事办好了吗？请您确认";
    items.push({ words, icon: "circle-check", button: "去确认", to: to("case", { id: own.confirm }) });
  }
  // What only the big screen can settle is not counted here.
  const notices = waiting.filter(({ kind }) => kind.startsWith("notice-")).length;
  const villagers = waiting.filter(({ kind }) => kind === "verification").length;
  const cases = waiting.filter(({ kind }) => kind === "case").length;
  if (cases > 0) {
    items.push({ words: `等我处理 ${cases} 件诉求`, icon: "bell", button: "去处理", to: to("cases") });
  }
  const [held, ...others] = waiting.filter(({ kind }) => kind === "moderation");
  if (held) {
    const words = others.length > 0 ? `${others.length + 1} 个村有内容等您审核` : `${held.regionName} ${held.title}`;
    items.push({ words, icon: "flag", button: "去审核", to: to("moderation") });
  }
  if (notices > 0) {
    items.push({ words: `有 ${notices} 条公告等您处理`, icon: "list-checks", button: "去处理", to: to("desk") });
  }
  if (villagers > 0) {
    const words = `有 ${villagers} 位村民等您审核认证`;
    items.push({ words, icon: "id-card", button: "去审核", to: to("verifyQueue") });
  }
  // No kind of work that waits is hidden behind another.
  const most = Math.max(3, items.length);
  if (own.unread > 0) {
    items.push({ words: `有 ${countText(own.unread)} 条消息没有看`, icon: "bell", button: "去看", to: to("messages") });
  }
  if (place === null) {
    items.push({ words: "先选好您的村，就能看到村里的公告", icon: "map-pin", button: "选村", to: to("region") });
  }
  if (!me) return items;
  if (me.phone === null) {
    items.push({ words: "验证手机号后才能办理村里的事", icon: "smartphone", button: "去验证", to: to("phone") });
    return items;
  }
  if (me.villages.length === 0 && place !== null) {
    const words = `关注${place.name}，换手机也能接着看`;
    items.push({ words, icon: "map-pin", button: "去关注", to: to("circle") });
  }
  const village = me.villages.find(({ code }) => code === place?.code);
  if (village?.verification === "none") {
    const words = `认证成为${village.name}村民，就能参加村里的事`;
    items.push({ words, icon: "badge-check", button: "去认证", to: to("verify", { region: village.code }) });
  }
  if (village?.verification === "refused") {
    const words = `${village.name}的村民认证没有通过，请看原因`;
    items.push({ words, icon: "circle-alert", button: "看原因", to: to("verify", { region: village.code }) });
  }
  return items.slice(0, most);
}
