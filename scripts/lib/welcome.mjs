import { existsSync } from "node:fs";
import path from "node:path";
import { dataDir, root } from "./paths.mjs";
import { table } from "./say.mjs";
import { demoPeople } from "./world.mjs";

const miniPrograms = [
  [
    "微信小程序",
    "miniapp/dist/weapp",
    "微信开发者工具 → 导入项目 → 选此目录，AppID 选“测试号” → 详情 → 本地设置 → 勾选“不校验合法域名”",
  ],
  [
    "支付宝小程序",
    "miniapp/dist/alipay",
    "支付宝小程序开发者工具 → 打开项目 → 选此目录 → 详情 → 勾选“忽略 httpRequest 域名合法性检查”",
  ],
];

const outside = {
  phone: "示例手机（验证码、口令）",
  portal: "沙箱：上级门户",
  wechat: "沙箱：微信小程序",
  wechatWeb: "沙箱：微信公众号",
  alipay: "沙箱：支付宝",
  sms: "沙箱：短信",
  hospital: "沙箱：医院",
};

/** What somebody who has just started the county for the first time needs to know. In Chinese: it is about the product. */
export function welcome({ port, urls }) {
  const site = `http://localhost:${port}`;
  const sites = [
    ["居民端（H5）", `${site}/`],
    ["工作台", `${site}/desk/`],
    ["存活 · 就绪", `${site}/healthz · ${site}/readyz`],
    ...Object.entries(outside).flatMap(([name, title]) => (urls[name] ? [[title, urls[name]]] : [])),
    ["服务日志", path.join(dataDir, "log", "server.log")],
  ];
  const builds = miniPrograms
    .filter(([, dir]) => existsSync(path.join(root, dir)))
    .map(([name, dir, how]) => [name, path.join(root, dir), how]);
  return [section("地址", sites), section("演示人员", people()), section("小程序", builds)]
    .filter(Boolean)
    .join("\n\n");
}

export function people() {
  const rows = demoPeople().map(({ name, role, phone, how }) => [name, role, phone, how]);
  return rows.length > 0 ? [["姓名", "身份", "手机号", "怎样登录"], ...rows] : [];
}

const section = (title, rows) => (rows.length > 0 ? `${title}\n${table(rows).replaceAll(/^/gm, "  ")}` : "");
