import type { Block, Body } from "@weimenhu/domain/body";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";

type Names = { site: string; unit: string; phone: string };
export type DocumentName = "privacy" | "terms" | "minors" | "accessibility";
export type Document = { name: DocumentName; title: string; version: string; body: Body };

const h = (v: string): Block => ({ t: "h", level: 2, c: [{ t: "text", v }] });
const p = (v: string): Block => ({ t: "p", c: [{ t: "text", v }] });
const ul = (...lines: string[]): Block => ({ t: "ul", items: lines.map((line) => [p(line)]) });

/** What is collected, for what, how long, and how to take it back; every line is something the product really does. */
const privacy = ({ site, unit, phone }: Names): Body => [
  p(
    `${site}由${unit}主办。看公告、查公告不用登录，也不收集任何个人信息。只有您登录、关注村子或申请认证时，我们才收集下面这些信息，而且只收集办事必需的。`,
  ),
  h("我们收集什么，用来做什么"),
  ul(
    "登录：微信或支付宝给我们的账号编号，用来认出是您。我们拿不到您的微信、支付宝密码和聊天记录。",
    "手机号：用来确认您的身份，让您在微信、支付宝和网页上是同一个账号。",
    "关注的村：用来给您看这个村的公告。",
    "认证村民时的姓名、身份证号、村民小组：用来和本村户籍花名册核对。这是敏感信息，申请时会再次单独征得您的同意；不申请认证，不影响您看公告。",
    "登录记录（时间、网络地址）：用来保护账号安全，按《网络安全法》至少保存六个月。设备名称让您看到账号在哪里登录着，退出登录时清除；没有退出、长期不用的登录，60 天后连同设备名称一起删除。",
  ),
  p("我们不收集您的位置、通讯录、照片（您自己上传的除外）和浏览习惯，不做画像，不推广告。"),
  h("怎么保管"),
  ul(
    "手机号、姓名、身份证号按国家规定的办法加密以后再保存，页面上只显示一部分，例如 199****0001。",
    "只有本村书记在办理认证时能看到姓名、身份证号、手机号的一部分；每次打开认证申请、每次办理都有记录。",
    "信息保存在中国境内的服务器上。",
  ),
  h("给谁"),
  p(
    "不出售，不提供给商业机构。发送短信验证码时，手机号会交给短信服务商，只用于发送这条短信。在为村里发帖、评论时，文字和照片会交给微信或支付宝检查有没有违法内容（连同您在那里的账号编号），只用于检查。法律要求提供的，依法办理。",
  ),
  h("您的权利"),
  ul(
    "查看和下载：我的 → 账号和隐私 → 导出我的资料。",
    "改正：联系村委会，或重新申请认证。",
    "撤回同意、注销账号：我的 → 账号和隐私 → 注销账号，马上生效；法律要求留存的记录会去掉姓名后保存到期满。",
    "不同意本说明也可以继续看公告、查公告，或到村委会、镇便民服务中心当面办理。",
  ),
  h("保存多久"),
  p(
    "账号信息保存到您注销为止；验证码 5 分钟失效；30 天没有使用的登录会自动退出；登录和办理记录保存不少于六个月。您删除的帖子和评论马上不再显示，文字按法律要求留存六个月备查后清除；正在办理的，办完以后清除。",
  ),
  h("联系我们"),
  p(`对个人信息有疑问或要投诉，请拨打 ${phone}（${unit}），我们在 15 个工作日内答复。`),
  p("本说明有变化时，会在您下次登录时请您重新阅读和同意。"),
];

const terms = ({ site, unit, phone }: Names): Body => [
  p(`${site}是${unit}为本县居民提供的政务服务，免费使用，没有广告，没有积分和排名，不强制登录。`),
  h("使用约定"),
  ul(
    "请用真实身份登录和申请认证，不要冒用他人信息。",
    "请保管好手机和验证码，工作人员不会向您索要验证码。",
    "在本站发布内容要遵守法律，不发布谣言，不泄露他人隐私。",
  ),
  h("内容来源"),
  p("公告由发布单位起草、审核、发布，三个环节由不同的人办理。标有“来源”的内容转自其他政府网站，以原文为准。"),
  h("不会用手机怎么办"),
  p(`本站的事项都可以到村委会或镇便民服务中心当面办理，也可以请代办员帮忙。电话：${phone}。`),
];

const minors = ({ phone }: Names): Body => [
  p("不满十四周岁的小朋友，请和爸爸妈妈或其他监护人一起阅读本说明，由监护人同意后再使用需要登录的功能。"),
  ul(
    "不满十四周岁的身份证号，网上的认证申请不接受，也不保存。要办的事，请监护人到村委会当面办理。",
    "发现误收了不满十四周岁未成年人的信息，请告诉我们，我们在 15 个工作日内删除。",
    "监护人可以查看、改正、删除孩子的信息，也可以注销孩子的账号。",
    "工作人员每次打开认证申请，都有记录。",
    "看公告、查公告不用登录，也不收集信息。",
  ),
  p(`需要帮助请拨打 ${phone}。`),
];

const accessibility = ({ phone }: Names): Body => [
  p("我们希望每个人都能看清、听懂、点得到。"),
  ul(
    "长辈版：首页右上角一点就切换，字更大，按钮更大，内容一样不少；在设置里还可以选最大字。",
    "朗读：用浏览器打开网页版时，公告上有“朗读”按钮（浏览器支持时显示）；在微信、支付宝小程序里，可以用手机自带的读屏功能听。",
    "读屏：按钮、输入框和状态都有名称，可以用手机自带的读屏功能操作。",
    "颜色：状态除了颜色，还有文字和图标。",
    "网络不好：看过的内容可以离线再看，并写明是什么时候的。",
  ),
  h("线下办理"),
  p(`不方便使用手机，可以到村委会或镇便民服务中心办理，或拨打 ${phone}。`),
  h("告诉我们"),
  p(`哪里看不清、点不到，请拨打 ${phone}，我们会改。`),
];

const titles: Record<DocumentName, string> = {
  privacy: "隐私保护说明",
  terms: "使用说明",
  minors: "儿童个人信息保护说明",
  accessibility: "长辈版和无障碍说明",
};
const bodies: Record<DocumentName, (names: Names) => Body> = { privacy, terms, minors, accessibility };

/** A text as this instance shows it. */
export const documentOf = (name: DocumentName, names: Names): Document => ({
  name,
  title: titles[name],
  version: privacyVersion,
  body: bodies[name](names),
});
