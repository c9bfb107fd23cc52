/** Every page of the desk, with an address that shows it as people meet it. */
import type { Page } from "playwright-core";
import { hiddenPost, raiseCase, reported } from "./cases.ts";
import { type County, people } from "./county.ts";
import { button, field, select } from "./kit.ts";

export type Shown = {
  name: string;
  address: string;
  title: string | RegExp;
  /** Words that must be there too. */
  holds?: string;
  /** What is pressed there before one looks. */
  first?: (page: Page) => Promise<void>;
};
const qingxi = "990101101000";

/** A notice of this state, as the person may open it. */
async function inState(county: County, phone: string, state: "published" | "review"): Promise<string> {
  const { api } = await county.person(phone);
  const { items } = await api.notices.desk.query({ state, limit: 20 });
  const found = items[0];
  if (!found) throw new Error(`no notice is ${state}`);
  return found.id;
}

/** A draft of two versions. */
async function draft(county: County, phone: string): Promise<string> {
  const { api } = await county.person(phone);
  const p = (v: string) => ({ t: "p" as const, c: [{ t: "text" as const, v }] });
  const input = {
    title: "2026 年清溪镇城乡居民基本医疗保险参保缴费时间和地点的通知",
    category: "health" as const,
    body: [p("请大家在 12 月 25 日前缴费，缴费后拿好凭证。")],
    attachments: [],
    reach: "subtree" as const,
  };
  const born = await api.notices.draft.mutate({ key: "walk-desk-draft0", region: qingxi, ...input });
  const body = [...input.body, p("手机缴费不会操作的，请带身份证到镇便民服务中心。")];
  const { id } = await api.notices.save.mutate({ id: born.id, version: born.version, ...input, body });
  return id;
}

const pressed = (name: string | RegExp) => (page: Page) => button(page, name).click();

async function pasteRoster(page: Page): Promise<void> {
  await select(page, "哪个村").selectOption("990101101201");
  const lines = ["王小暑\t990101195001010010\t一组\t0001", "李大寒\t12345\t二组\t0002"];
  await field(page, /粘贴/).fill(["姓名\t身份证号\t小组\t户号", ...lines].join("\n"));
}

/** Cases as far as they come, and what is to be looked at. */
async function cases(county: County): Promise<Shown[]> {
  const start = { move: "start", text: "已收到，我们马上处理。" } as const;
  const fresh = await raiseCase(county, "村口的垃圾堆了三天，苍蝇很多，请村里派人清一下");
  const paused = await raiseCase(county, "二组的水渠堵了", [start, { move: "pause", text: "等水退了再清" }]);
  await reported(county, "便宜手机，加我微信");
  const one = { address: `/desk/cases/${fresh.id}`, title: "办理诉求", holds: "村口的垃圾" };
  return [
    { name: "cases", address: "/desk/cases", title: "村民诉求", holds: "二组的水渠堵了" },
    { name: "case", ...one },
    { name: "case-paused", address: `/desk/cases/${paused.id}`, title: "办理诉求", holds: "等水退了再清" },
    { name: "case-refuse", ...one, first: pressed("不予受理") },
    { name: "case-assign", ...one, first: pressed("交给别人办") },
    { name: "case-templates", ...one, first: pressed("用常用回复") },
    { name: "case-save-template", ...one, first: pressed("存成常用回复") },
    { name: "board-village", address: "/desk/board", title: "办理情况" },
    { name: "moderation", address: "/desk/moderation", title: "内容审核", holds: "便宜手机" },
    { name: "moderation-no", address: "/desk/moderation", title: "内容审核", first: pressed("不通过") },
  ];
}

/** Everybody's pages: who sees them, and where. */
export const deskPages = [
  {
    who: "a town's clerk",
    phone: people.townClerk,
    shown: async (county: County): Promise<Shown[]> => {
      const written = await draft(county, people.townClerk);
      const published = await inState(county, people.townClerk, "published");
      return [
        { name: "waiting", address: "/desk/", title: "等我处理" },
        { name: "notices", address: "/desk/notices", title: "公告" },
        { name: "write", address: "/desk/notices/new", title: "写公告" },
        { name: "workbench", address: `/desk/notices/${written}`, title: "修改公告" },
        { name: "versions", address: `/desk/notices/${written}/versions`, title: "对比版本" },
        { name: "published", address: `/desk/notices/${published}`, title: "预览" },
        { name: "portals", address: "/desk/portals", title: "外部来源" },
        {
          name: "portals-add",
          address: "/desk/portals",
          title: "外部来源",
          first: pressed("添加来源"),
        },
        { name: "roster", address: "/desk/roster", title: "花名册" },
        { name: "roster-read", address: "/desk/roster", title: "花名册", first: pasteRoster },
        { name: "withdraw", address: `/desk/notices/${published}`, title: "预览", first: pressed("撤回") },
        { name: "phones", address: `/desk/notices/${published}`, title: "预览", first: pressed("原大查看") },
        { name: "link", address: "/desk/notices/new", title: "写公告", first: pressed("链接") },
        { name: "picture", address: "/desk/notices/new", title: "写公告", first: pressed("图片") },
        { name: "account", address: "/desk/account", title: "我的账号", holds: "撤回同意、注销账号" },
        { name: "close", address: "/desk/account", title: "我的账号", first: pressed("注销账号") },
        { name: "session", address: "/desk/account", title: "我的账号", first: pressed(/^让 .* 退出$/) },
        { name: "board", address: "/desk/board", title: "办理情况", holds: "竹溪村" },
        {
          name: "unmask",
          address: `/desk/cases/${(await hiddenPost(county, "修路的钱花在哪里，请公开")).id}`,
          title: "办理诉求",
          first: pressed("查看匿名作者"),
        },
        { name: "nowhere", address: "/desk/nowhere", title: "没有这一页" },
      ];
    },
  },
  {
    who: "the county's clerk",
    phone: people.countyClerk,
    shown: async (): Promise<Shown[]> => [
      { name: "portals-county", address: "/desk/portals", title: "外部来源", holds: "示例县门户网站" },
    ],
  },
  {
    who: "a village's secretary",
    phone: people.secretary,
    shown: async (county: County): Promise<Shown[]> => [
      ...(await cases(county)),
      { name: "waiting-secretary", address: "/desk/", title: "等我处理" },
      { name: "verification", address: "/desk/verification", title: "村民认证" },
      { name: "verified", address: "/desk/verification?show=verified", title: "村民认证", holds: "结束认证" },
      {
        name: "end-verified",
        address: "/desk/verification?show=verified",
        title: "村民认证",
        first: pressed(/^结束 .* 的认证$/),
      },
      { name: "decide", address: "/desk/verification", title: "村民认证", first: pressed(/^不通过/) },
      {
        name: "review",
        address: `/desk/notices/${await inState(county, people.secretary, "review")}`,
        title: "预览",
      },
    ],
  },
  {
    who: "the system's administrator",
    phone: people.sysadmin,
    shown: async (): Promise<Shown[]> => [
      { name: "regions", address: "/desk/regions", title: "区划" },
      { name: "regions-add", address: "/desk/regions", title: "区划", first: pressed(/添加村/) },
      { name: "system", address: "/desk/system", title: "系统", holds: "取外部来源的图片" },
      { name: "drop", address: "/desk/system", title: "系统", first: pressed(/^不再办理/) },
    ],
  },
  {
    who: "the security administrator",
    phone: people.secadmin,
    shown: async (): Promise<Shown[]> => [
      { name: "grants", address: "/desk/grants", title: "授权" },
      { name: "grants-give", address: "/desk/grants", title: "授权", first: pressed(/授权$/) },
    ],
  },
  {
    who: "the audit's administrator",
    phone: people.auditadmin,
    shown: async (): Promise<Shown[]> => [{ name: "audit", address: "/desk/audit", title: "审计" }],
  },
];
