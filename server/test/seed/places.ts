/** The demo county. Everything in it is made up; code 990101 belongs to no real place. */
export const county = { code: "990101000000", name: "示例县" };

export const towns = [
  {
    code: "990101101000",
    name: "清溪镇",
    villages: ["竹溪村", "桃坪村", "石桥村", "银杏村"],
  },
  {
    code: "990101102000",
    name: "云岭镇",
    villages: ["云上村", "松林村", "茶园村", "白石村"],
  },
  {
    code: "990101103000",
    name: "平湖镇",
    villages: ["莲塘村", "渡口村", "稻香村", "柳堤村"],
  },
].map((town) => ({
  ...town,
  villages: town.villages.map((name, i) => ({ code: `${town.code.slice(0, 9)}${201 + i}`, name })),
}));

/** The village with three months of life. */
export const zhuxi = { code: "990101101201", name: "竹溪村" };
export const taoping = { code: "990101101202", name: "桃坪村" };
export const qingxi = "990101101000";
export const groups = ["一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组"];
