/** A person who owns a telephone in the demo county: the same human behind every vendor's identity. */
export type Person = { key: string; name: string; phone: string };

/** Who may be chosen on the authorize pages when nobody says otherwise. All fictional. */
export const demoPeople: readonly Person[] = [
  { key: "resident", name: "王谷雨（村民）", phone: "19900000001" },
  { key: "elder", name: "李白露（老人）", phone: "19900000002" },
  { key: "migrant", name: "陈小满（在外务工）", phone: "19900000003" },
  { key: "secretary", name: "李立冬（村书记）", phone: "19900000010" },
];

/** What each vendor calls this person. A WeChat openid differs by app; the unionid joins them. */
export const identities = (key: string) => ({
  miniOpenid: `oMini_${key}`,
  webOpenid: `oWeb_${key}`,
  unionid: `uUnion_${key}`,
  alipayOpenId: `aOpen_${key}`,
});
