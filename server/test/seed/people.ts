import { idCardCheck } from "@weimenhu/domain/base/id-card";
import type { GrantedRole } from "@weimenhu/domain/permissions";
import { county, groups, qingxi, zhuxi } from "./places.ts";
import { chance } from "./random.ts";

/** Surnames with the names of seasons and crops: nobody is called so. */
const surnames = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const seasons = [
  "谷雨",
  "小满",
  "芒种",
  "夏至",
  "小暑",
  "大暑",
  "立秋",
  "处暑",
  "白露",
  "秋分",
  "寒露",
  "霜降",
  "立冬",
  "小雪",
  "大雪",
  "冬至",
];
const crops = [
  "青禾",
  "稻香",
  "麦穗",
  "竹青",
  "春笋",
  "石榴",
  "银杏",
  "桂圆",
  "莲蓬",
  "荞麦",
  "高粱",
  "山茶",
  "枇杷",
  "杜仲",
  "秋葵",
  "芝麻",
];

export type Villager = { name: string; idCard: string; group: string; household: string };

/** A synthetic ID number of the demo county with a right check character. */
function idCardOf(birthYear: number, day: number, serial: number): string {
  const month = 1 + (Math.floor(day / 28) % 12);
  const first17 = `990101${birthYear}${String(month).padStart(2, "0")}${String(1 + (day % 28)).padStart(2, "0")}${String(serial % 1000).padStart(3, "0")}`;
  return first17 + idCardCheck(first17);
}

/** The household roster of 竹溪村: 2,800 people in some 900 households, the same at every run. */
export function roster(size = 2800): Villager[] {
  const luck = chance(20_260_822);
  const people: Villager[] = [];
  for (let household = 1; people.length < size; household++) {
    const [surname, group] = [luck.pick(surnames), luck.pick(groups)];
    const members = Math.min(1 + luck.below(5), size - people.length);
    for (let i = 0; i < members; i++) {
      const serial = people.length;
      people.push({
        name: surname + luck.pick(luck.below(2) === 0 ? seasons : crops),
        idCard: idCardOf(1936 + luck.below(75), luck.below(336), serial),
        group,
        household: `ZX${String(household).padStart(4, "0")}`,
      });
    }
  }
  return people;
}

export type DemoPerson = {
  phone: string;
  name: string;
  what: string;
  grants: { role: GrantedRole; region: string }[];
  /** Has a line in the roster and is a verified villager. */
  villager: boolean;
  elder?: 1 | 2;
};

const at = (role: GrantedRole, region: string) => [{ role, region }];

/** People one can sign in as. Phones 199 0000 00xx are nobody's. */
export const demoPeople: DemoPerson[] = [
  { phone: "19900000001", name: "王谷雨", what: "竹溪村认证村民", grants: [], villager: true },
  { phone: "19900000002", name: "李白露", what: "竹溪村老人（长辈版）", grants: [], villager: true, elder: 1 },
  { phone: "19900000003", name: "陈小满", what: "在外务工的竹溪村人", grants: [], villager: true },
  { phone: "19900000004", name: "赵秋分", what: "只关注、没有认证的人", grants: [], villager: false },
  { phone: "19900000010", name: "李立冬", what: "竹溪村书记", grants: at("secretary", zhuxi.code), villager: true },
  {
    phone: "19900000011",
    name: "张芒种",
    what: "竹溪村村委会委员",
    grants: at("committee", zhuxi.code),
    villager: true,
  },
  {
    phone: "19900000012",
    name: "周霜降",
    what: "竹溪村村务监督委员会主任",
    grants: at("supervisor", zhuxi.code),
    villager: true,
  },
  { phone: "19900000013", name: "刘夏至", what: "竹溪村代办员", grants: at("agent", zhuxi.code), villager: true },
  { phone: "19900000020", name: "孙寒露", what: "清溪镇工作人员", grants: at("clerk", qingxi), villager: false },
  {
    phone: "19900000021",
    name: "何大暑",
    what: "清溪镇工作人员（审核）",
    grants: at("clerk", qingxi),
    villager: false,
  },
  {
    phone: "19900000022",
    name: "郭处暑",
    what: "示例县工作人员（起草）",
    grants: at("clerk", county.code),
    villager: false,
  },
  {
    phone: "19900000023",
    name: "马小雪",
    what: "示例县工作人员（审核）",
    grants: at("clerk", county.code),
    villager: false,
  },
  {
    phone: "19900000024",
    name: "罗大雪",
    what: "示例县工作人员（发布）",
    grants: at("clerk", county.code),
    villager: false,
  },
  { phone: "19900000030", name: "高冬至", what: "系统管理员", grants: at("sysadmin", county.code), villager: false },
  { phone: "19900000031", name: "林小暑", what: "安全管理员", grants: at("secadmin", county.code), villager: false },
  { phone: "19900000032", name: "徐立秋", what: "审计管理员", grants: at("auditadmin", county.code), villager: false },
];

/** Somebody of the roster who came to the mini-program by themselves; phones 199 0000 1xxx are nobody's. */
export const newcomer = (at: number) => ({ phone: `1990000${1000 + at}`, openid: `oMini_${at}` });

/** The roster lines of the demo people themselves, beside the generated ones. */
export function demoRoster(): Villager[] {
  return demoPeople
    .filter((person) => person.villager)
    .map((person, i) => ({
      name: person.name,
      idCard: idCardOf(person.elder ? 1948 : 1975 + i, 40 + i * 7, 990 - i),
      group: groups[i % groups.length] ?? "一组",
      household: `DM${String(i + 1).padStart(4, "0")}`,
    }));
}
