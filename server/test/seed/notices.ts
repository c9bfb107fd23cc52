import type { Body } from "@weimenhu/domain/body";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { county, qingxi, zhuxi } from "./places.ts";

/** A notice of the demo: `day` counts back from the day of the seed, 0 is today. */
export type DemoNotice = {
  day: number;
  hour: number;
  region: string;
  category: NoticeCategory;
  title: string;
  body: Body;
  pinned?: true;
  photo?: string;
};

const p = (v: string): Body[number] => ({ t: "p", c: [{ t: "text", v }] });
const h = (v: string): Body[number] => ({ t: "h", level: 2, c: [{ t: "text", v }] });
const ul = (...lines: string[]): Body[number] => ({ t: "ul", items: lines.map((line) => [p(line)]) });
const ol = (...lines: string[]): Body[number] => ({ t: "ol", items: lines.map((line) => [p(line)]) });
const table = (head: string[], ...rows: string[][]): Body[number] => ({
  t: "table",
  rows: [
    head.map((v) => ({ head: true as const, c: [{ t: "text" as const, v }] })),
    ...rows.map((row) => row.map((v) => ({ c: [{ t: "text" as const, v }] }))),
  ],
});

const village = (day: number, hour: number, category: NoticeCategory, title: string, ...body: Body): DemoNotice => ({
  day,
  hour,
  region: zhuxi.code,
  category,
  title,
  body,
});
const town = (day: number, hour: number, category: NoticeCategory, title: string, ...body: Body): DemoNotice => ({
  day,
  hour,
  region: qingxi,
  category,
  title,
  body,
});
const countyWide = (day: number, hour: number, category: NoticeCategory, title: string, ...body: Body): DemoNotice => ({
  day,
  hour,
  region: county.code,
  category,
  title,
  body,
});

/** Three months of 竹溪村, its town and its county. */
export const demoNotices: DemoNotice[] = [
  village(
    89,
    9,
    "announcement",
    "竹溪村微门户开通了",
    p("从今天起，村里的通知、公开的事项都在这里看。在外务工的乡亲也能随时看到。"),
    h("怎么用"),
    ol(
      "在微信或支付宝搜索“示例县微门户”，或者扫村口的二维码。",
      "关注竹溪村。",
      "用身份证号认证村民，认证后可以参与村里的事。",
    ),
    p("不会用的，请到村委会便民服务室，代办员刘夏至会帮您。"),
  ),
  village(
    86,
    15,
    "outage",
    "停水通知：二组、三组检修管道",
    p("因更换老旧水管，二组、三组停水一天，请提前储水。"),
    table(["小组", "停水时间", "恢复时间"], ["二组", "早上 8 点", "下午 6 点"], ["三组", "早上 8 点", "晚上 8 点"]),
    p("有急用的到村委会取水。"),
  ),
  village(
    82,
    10,
    "health",
    "65 岁以上老人免费体检",
    p("镇卫生院来村里给 65 岁以上老人免费体检，不收钱。"),
    ul("时间：本周六上午 8 点到 11 点半", "地点：村委会一楼", "带上身份证，早上不要吃饭喝水"),
  ),
  village(
    78,
    16,
    "service",
    "城乡居民医保开始缴费",
    p("明年的城乡居民医保开始缴费，全家人都要缴。"),
    ol("可以在手机上缴", "也可以到便民服务室请代办员代办"),
    p("困难群众有补助，不清楚的请问村委会。"),
  ),
  village(
    75,
    9,
    "farming",
    "水稻收割机排期表",
    p("合作社联系了 4 台收割机，按小组轮流，请提前清理田边杂物。"),
    table(
      ["日期", "小组", "联系人"],
      ["第 1 天", "一组、二组", "组长"],
      ["第 2 天", "三组、四组", "组长"],
      ["第 3 天", "五组、六组", "组长"],
      ["第 4 天", "七组、八组", "组长"],
    ),
  ),
  village(
    71,
    11,
    "safety",
    "连日降雨，请避开村后山坡",
    p("这几天雨大，村后山坡可能滑坡。住在坡下的 6 户今晚到村委会住，被褥已经备好。"),
    p("发现裂缝、掉石头，马上打电话给村委会，不要自己去看。"),
  ),
  village(70, 18, "safety", "滑坡险情解除", p("镇里专家看过，险情解除，转移的 6 户可以回家了。请继续留意坡上的情况。")),
  village(
    66,
    9,
    "announcement",
    "村道路灯安装征求意见",
    p("计划给四组到八组的村道装 32 盏太阳能路灯，位置图贴在村委会门口。有意见的 10 天内告诉组长或村委会。"),
  ),
  village(
    62,
    14,
    "culture",
    "中秋晚会节目报名",
    p("中秋晚上 7 点在文化广场办晚会，唱歌、跳舞、讲故事都行，到村委会报名。"),
  ),
  village(
    58,
    9,
    "jobs",
    "镇农产品加工厂招工 20 人",
    p("就在镇上，中午管饭。"),
    table(["岗位", "人数", "要求"], ["分拣", "12", "不限学历"], ["包装", "6", "不限学历"], ["叉车", "2", "有证"]),
    p("想去的到便民服务室登记。"),
  ),
  village(
    55,
    10,
    "service",
    "高龄津贴今年的认证开始了",
    p("80 岁以上老人每年要认证一次，才能继续领高龄津贴。"),
    ul("能来的，带身份证到便民服务室", "走不动的，打电话给代办员，我们上门"),
  ),
  village(51, 16, "farming", "油菜种子和肥料领取", p("每亩补助油菜种子一包、复合肥一袋，到合作社仓库领，带户口本。")),
  village(
    47,
    9,
    "announcement",
    "第三季度村务公开上墙",
    p("第三季度的收支、低保名单、补贴发放已经上墙公示，10 天内有疑问可以直接问村务监督委员会。"),
  ),
  village(
    43,
    15,
    "outage",
    "停电通知：全村检修线路",
    p("供电所检修线路，全村停电半天，请安排好用电。家里有制氧机等设备的老人，请和村委会联系，我们有发电机。"),
  ),
  village(40, 9, "health", "流感疫苗接种安排", p("老人和孩子优先，带身份证或出生证到村卫生室。")),
  village(
    36,
    11,
    "policy",
    "一看就懂：农村建房怎么申请",
    h("能不能建"),
    p("一户一宅，符合村庄规划，才能申请。"),
    h("怎么办"),
    ol("向村民小组提出申请", "小组讨论、公示 5 天", "村委会审查、报镇里", "镇里实地查看、批准", "放线后开工"),
    p("没批先建要拆，请不要听信中介。"),
  ),
  village(
    33,
    10,
    "announcement",
    "四组垃圾池清运好了",
    p("乡亲们反映四组垃圾池满了没人清，镇环卫站昨天已经清运，今后每周二、周五各清一次。"),
  ),
  village(
    29,
    9,
    "safety",
    "冬季防火提醒",
    ul("不烧秸秆、不烧荒草", "炉子旁不放柴草", "插线板不要一个接一个", "外出关火关电"),
  ),
  village(
    26,
    16,
    "jobs",
    "电工、焊工免费培训报名",
    p("县里开班，学费全免，考过发证。年满 18 岁都能报名，到便民服务室登记。"),
  ),
  village(
    22,
    9,
    "farming",
    "柑橘果园管护技术课",
    p("县农业局的老师来村里讲果园冬管，地点在合作社，讲完到果园现场看。"),
  ),
  village(19, 14, "culture", "农家书屋新到 200 本书", p("孩子放学后、周末都可以来看，借书登记就行。")),
  village(
    15,
    10,
    "announcement",
    "村道路灯安装完成",
    p("32 盏路灯已经全部装好，昨晚全部亮灯。哪盏不亮，请告诉组长，两天内修好。"),
  ),
  village(
    11,
    9,
    "service",
    "便民服务室调整开放时间",
    table(["星期", "上午", "下午"], ["周一到周五", "8:30–12:00", "14:00–17:30"], ["周六", "9:00–12:00", "不开放"]),
    p("周日有急事请打值班电话。"),
  ),
  village(8, 15, "health", "村卫生室本周义诊", p("县人民医院的医生来村里义诊，看眼睛、看关节、测血糖，都不收钱。")),
  village(
    5,
    9,
    "announcement",
    "召开村民代表会议的通知",
    p("讨论明年村集体收入怎么用。请各位代表准时参加，外出的代表可以用手机参加。"),
  ),
  village(
    2,
    16,
    "outage",
    "停水通知：五组、六组清洗水池",
    p("清洗蓄水池，五组、六组明天早上 8 点到下午 4 点停水，请提前储水。"),
  ),
  {
    ...village(
      1,
      9,
      "safety",
      "降温大风提醒：看好老人和孩子",
      p("明后两天降温 8 到 10 度，风大，请加固棚架，照看好老人孩子。独居老人家里，村干部今天会上门看一遍。"),
    ),
    pinned: true,
  },

  town(80, 10, "announcement", "清溪镇便民服务中心搬到新址", p("新址在镇政府西侧一楼，办理时间不变。")),
  town(
    64,
    9,
    "policy",
    "一看就懂：耕地地力保护补贴怎么领",
    p("谁种地、补给谁。补贴直接打到一卡通，不用跑腿。"),
    h("没收到怎么办"),
    p("先问村里核对面积，再到镇便民服务中心查询。"),
  ),
  town(
    44,
    15,
    "health",
    "清溪镇卫生院专家门诊时间",
    table(["科室", "时间"], ["眼科", "周一上午"], ["骨科", "周三上午"], ["儿科", "周五全天"]),
  ),
  town(24, 11, "safety", "冬季道路结冰，山路慢行", p("清溪到云岭的山路早晚结冰，请慢行，能不走就不走。")),
  town(6, 10, "service", "清溪镇办事窗口可以提前约时间", p("到镇里办事前可以打电话约时间，到了不用排队。")),

  countyWide(
    84,
    9,
    "policy",
    "示例县 2026 年惠农补贴发放安排",
    p("今年的惠农补贴分三批发放，直接打到一卡通。"),
    table(
      ["批次", "项目", "时间"],
      ["第一批", "耕地地力保护补贴", "8 月"],
      ["第二批", "农机购置补贴", "10 月"],
      ["第三批", "高龄津贴", "12 月"],
    ),
  ),
  countyWide(
    60,
    9,
    "health",
    "示例县人民医院可以手机挂号",
    p("示例县人民医院可以用手机预约挂号，也保留窗口和电话挂号。"),
  ),
  countyWide(38, 10, "jobs", "示例县秋季招聘会", p("全县 60 家单位招 1,800 人，地点在县体育馆，免费入场。")),
  countyWide(
    16,
    9,
    "announcement",
    "示例县城乡客运公交线路调整",
    table(["线路", "调整", "首末班"], ["1 路", "延伸到清溪镇", "6:30–19:00"], ["3 路", "增开云岭镇班次", "6:40–18:30"]),
  ),
  countyWide(
    3,
    9,
    "safety",
    "示例县气象台发布寒潮蓝色预警",
    p("未来 48 小时，全县最低气温下降 8℃ 以上，请做好防寒保暖，注意用火用气安全。"),
  ),
];
