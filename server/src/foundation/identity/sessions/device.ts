import type { Channel } from "@weimenhu/domain/identity/channel";

type Name = readonly [pattern: RegExp, name: string];
/** The first that fits: many browsers name others as well. */
const programs: readonly Name[] = [
  [/MicroMessenger/i, "微信"],
  [/AlipayClient/i, "支付宝"],
  [/Edg\//, "Edge 浏览器"],
  [/Firefox\//, "火狐浏览器"],
  [/HuaweiBrowser/i, "华为浏览器"],
  [/Chrome\//, "Chrome 浏览器"],
  [/Safari\//, "Safari 浏览器"],
];
const systems: readonly Name[] = [
  [/iPhone/, "苹果手机"],
  [/iPad/, "苹果平板"],
  [/HarmonyOS|OpenHarmony/i, "鸿蒙"],
  [/Android/, "安卓"],
  [/Windows/, "Windows 电脑"],
  [/Mac OS X|Macintosh/, "苹果电脑"],
  [/Linux/, "Linux 电脑"],
];
const channelNames: Record<Channel, string | null> = {
  weapp: "微信小程序",
  alipay: "支付宝小程序",
  web: null,
  desk: "工作台",
};

const first = (names: readonly Name[], text: string) => names.find(([pattern]) => pattern.test(text))?.[1];

/** A label by which a person knows the device again: `微信小程序 · 安卓`. The raw user agent is not kept. */
export function deviceLabel(channel: Channel, userAgent: string): string {
  const program = channelNames[channel] ?? first(programs, userAgent) ?? "浏览器";
  return [program, first(systems, userAgent)].filter(Boolean).join(" · ");
}
