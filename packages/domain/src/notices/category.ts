/** Columns (栏目) of notices: closed, so that an empty or stale one can be seen. */
export const noticeCategories = {
  announcement: "通知公告",
  policy: "政策解读",
  service: "办事提醒",
  outage: "停水停电",
  health: "健康医疗",
  farming: "农事服务",
  safety: "防灾安全",
  jobs: "招工就业",
  culture: "文体活动",
} as const;
export type NoticeCategory = keyof typeof noticeCategories;
export const noticeCategoryKeys = Object.keys(noticeCategories) as [NoticeCategory, ...NoticeCategory[]];
