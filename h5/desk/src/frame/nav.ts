import type { Permission } from "@weimenhu/domain/permissions";

export const pages = [
  { key: "waiting", title: "等我处理", needs: "desk.open" },
  { key: "cases", title: "村民诉求", needs: "cases.handle" },
  { key: "board", title: "办理情况", needs: "cases.handle" },
  { key: "moderation", title: "内容审核", needs: "circle.moderate" },
  { key: "notices", title: "公告", needs: "notices.desk" },
  { key: "portals", title: "外部来源", needs: "portals.manage" },
  { key: "verification", title: "村民认证", needs: "villagers.decide" },
  { key: "roster", title: "花名册", needs: "roster.import" },
  { key: "grants", title: "授权", needs: "grants.manage" },
  { key: "regions", title: "区划", needs: "regions.manage" },
  { key: "system", title: "系统", needs: "ops.manage" },
  { key: "audit", title: "审计", needs: "audit.read" },
  { key: "account", title: "我的账号", needs: null },
] as const satisfies readonly { key: string; title: string; needs: Permission | null }[];

export type PageKey = (typeof pages)[number]["key"];

/** The menu holds what this person can open and nothing else. */
export function pagesFor(may: readonly Permission[]): { key: PageKey; title: string }[] {
  return pages.filter((page) => page.needs === null || may.includes(page.needs));
}

/** The page of an address; the first of the menu when there is none, null when it is not theirs or does not exist. */
export function pageAt(path: readonly string[], may: readonly Permission[]): PageKey | null {
  const mine = pagesFor(may);
  const [wanted] = path;
  if (wanted === undefined) return mine[0]?.key ?? null;
  return mine.find((page) => page.key === wanted)?.key ?? null;
}
