/** The closed list of words with which the product says no. Each tells a person, in plain Chinese, what to do next. */
export const refusals = {
  // who you are
  SIGN_IN_FIRST: { http: 401, zh: "请先登录" },
  CONSENT_FIRST: { http: 403, zh: "请先阅读并同意《隐私保护说明》" },
  PHONE_FIRST: { http: 403, zh: "请先验证手机号" },
  SECOND_FACTOR_FIRST: { http: 403, zh: "请先输入动态口令再办理" },
  NOT_ALLOWED: { http: 403, zh: "您没有办理这项的权限" },
  ACCOUNT_CLOSED: { http: 403, zh: "这个账号已注销" },
  LOGIN_CODE_BAD: { http: 400, zh: "登录没有成功，请再试一次" },
  SIGN_IN_OFF: { http: 403, zh: "本县没有开通这种登录方式，请用手机号和验证码登录" },
  LOGIN_BLOCKED: { http: 403, zh: "平台暂时限制了这个账号登录，请稍后再试" },
  PHONE_BAD: { http: 400, zh: "手机号不对，请输入 11 位手机号" },
  PHONE_TAKEN: { http: 409, zh: "这个账号已绑定另一个手机号" },
  CODE_WRONG: { http: 400, zh: "验证码不对，请核对短信" },
  CODE_EXPIRED: { http: 400, zh: "验证码已失效，请重新获取" },
  CODE_TRIES: { http: 429, zh: "输错次数太多，请重新获取验证码" },
  CODE_TOO_SOON: { http: 429, zh: "刚刚发过验证码，请 1 分钟后再获取" },
  CODE_TOO_MANY: { http: 429, zh: "今天获取验证码的次数太多，请明天再试" },
  TOTP_WRONG: { http: 400, zh: "动态口令不对，请看手机上最新的 6 位数字" },
  TOTP_ENROL_FIRST: { http: 403, zh: "请先绑定动态口令" },
  TOTP_ALREADY: { http: 409, zh: "已经绑定过动态口令；要更换请联系县里的安全管理员" },
  ENROL_BY_CODE: { http: 403, zh: "动态口令解除过。请退出，用手机号和验证码重新登录，再绑定" },
  // verified villagers and roles
  CHILD_OFFLINE: { http: 403, zh: "不满 14 周岁不能在网上认证，要办的事请监护人到村委会当面办" },
  ID_CARD_BAD: { http: 400, zh: "身份证号不对，请核对 18 位号码" },
  NAME_BAD: { http: 400, zh: "姓名不对，请填写身份证上的姓名" },
  ALREADY_VERIFIED: { http: 409, zh: "您已经是这个村的认证村民" },
  APPLICATION_OPEN: { http: 409, zh: "您的申请还在办理，请等村里答复" },
  ID_CARD_TAKEN: { http: 409, zh: "这个身份证号已被别的账号认证；如不是您本人操作，请联系村委会" },
  PLACE_LEVEL: { http: 400, zh: "这个岗位不设在这一级，请另选地方" },
  ROLE_CONFLICT: { http: 409, zh: "这两个岗位不能由同一个人担任" },
  OWN_SECOND: { http: 403, zh: "不能给自己解除动态口令，请另一位安全管理员办理" },
  NO_SECOND: { http: 409, zh: "这个人没有绑定动态口令，下次登录时绑定就行" },
  OWN_GRANT: { http: 403, zh: "不能给自己授权" },
  NO_SUCH_PERSON: { http: 404, zh: "没有找到用这个手机号登录过的人" },
  LAST_HOLDER: { http: 409, zh: "这是县里最后一位担任此岗位的人，请先授权给别人" },
  // regions
  NO_SUCH_REGION: { http: 404, zh: "没有这个地方" },
  NOT_A_VILLAGE: { http: 400, zh: "请选择一个村" },
  TOO_MANY_FOLLOWED: { http: 409, zh: "最多关注 20 个村" },
  REGION_EXISTS: { http: 409, zh: "这个区划代码已经有了" },
  // notices
  WRONG_STATE: { http: 409, zh: "这条内容的状态变了，请刷新后再办理" },
  SAME_PERSON: { http: 403, zh: "起草、审核、发布要由不同的人办理" },
  REASON_NEEDED: { http: 400, zh: "请填写理由" },
  TIME_NEEDED: { http: 400, zh: "请选择一个以后的时间" },
  DRAFT_OF_OTHER: { http: 403, zh: "这份草稿现在由别的同事在写。您写的内容请先复制下来，需要时再“接手起草”" },
  STALE_VERSION: { http: 409, zh: "别人刚刚改过这条内容，请刷新后再改" },
  BODY_BAD: { http: 400, zh: "正文里有不能发布的内容，请检查链接、图片和长度" },
  PORTAL_EXISTS: { http: 409, zh: "这个来源已经有了" },
  ADDRESS_BAD: { http: 400, zh: "网址不对，或不是公开的网址" },
  // files
  FILE_TOO_LARGE: { http: 413, zh: "文件太大：图片不超过 10 MB，附件不超过 20 MB" },
  FILE_KIND: { http: 415, zh: "不支持这种文件" },
  FILE_BROKEN: { http: 400, zh: "文件打不开，请换一个" },
  // how you ask
  NOT_FOUND: { http: 404, zh: "没有找到" },
  BAD_INPUT: { http: 400, zh: "填写的内容不对，请检查后再试" },
  CURSOR_BAD: { http: 400, zh: "请从第一页重新打开" },
  KEY_REUSED: { http: 409, zh: "这次提交和上次的内容不同，请刷新后再试" },
  MALFORMED: { http: 400, zh: "请求的格式不对" },
  UNKNOWN_PROCEDURE: { http: 404, zh: "没有这个功能" },
  WRONG_METHOD: { http: 405, zh: "请求的方式不对" },
  BODY_TOO_LARGE: { http: 413, zh: "提交的内容太大" },
  BATCH_TOO_LARGE: { http: 400, zh: "一次请求的内容太多" },
  CROSS_SITE: { http: 403, zh: "请从本站的页面上操作" },
  CLIENT_TOO_OLD: { http: 426, zh: "版本太旧，请更新后再用" },
  TOO_MANY: { http: 429, zh: "操作太快，请稍等一会儿" },
  // it is on our side
  BUSY: { http: 503, zh: "现在人多，请稍后再试" },
  OUTSIDE_DOWN: { http: 503, zh: "对方系统暂时没有回应，请稍后再试" },
  INTERNAL: { http: 500, zh: "出了点问题，请稍后再试" },
} as const satisfies Record<string, { http: number; zh: string }>;

export type RefusalWord = keyof typeof refusals;
export const refusalWords = Object.keys(refusals) as RefusalWord[];
export function isRefusalWord(word: unknown): word is RefusalWord {
  return typeof word === "string" && Object.hasOwn(refusals, word);
}
/** What a refusal looks like in the `data.refusal` of an error answer. `details`: paths of bad fields, seconds to wait, and the like. */
export type RefusalOnWire = { word: RefusalWord; zh: string; details?: Record<string, unknown> };
