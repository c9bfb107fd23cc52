const names: Record<string, string> = {
  "notices.publish": "定时发布公告",
  "portals.read": "读取外部来源",
  "portals.pictures": "取外部来源的图片",
  "sms.code": "发送短信验证码",
  "sms.changed": "通知换下的手机号",
  "circle.check": "内容审核",
  "circle.pushed": "内容审核的结果",
};

/** What a job does, to a person; the server may come to know jobs that this desk does not. */
export const jobName = (kind: string): string => names[kind] ?? "后台任务";
