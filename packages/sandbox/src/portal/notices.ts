/** What a channel of the portal has published. Times are epoch milliseconds; `html` is what stands in the feed. */
export type Notice = {
  id: string;
  title: string;
  html: string;
  category: string;
  published: number;
  updated: number;
  /** Path of an attached file. */
  file?: string;
};

export type ChannelName = "rss" | "atom" | "json";
export type Channel = { title: string; about: string; idOf: (n: number) => string };

/** Three offices of one fictional county, each with the format that its software happens to speak. */
export const channels: Readonly<Record<ChannelName, Channel>> = {
  rss: { title: "示例县人民政府 · 通知公告", about: "县政府办公室", idOf: (n) => `notice-${n}` },
  atom: {
    title: "示例县农业农村局 · 惠农信息",
    about: "县农业农村局",
    idOf: (n) => `tag:portal.example,2026:farm/${n}`,
  },
  json: { title: "示例县民生服务 · 办事提醒", about: "县民生服务中心", idOf: (n) => `life-${n}` },
};

const towns = ["清溪镇", "石桥镇", "云岭镇"];
const DAY = 86_400_000;

type Writer = (town: string, n: number) => { title: string; category: string; html: string; file?: string };

const p = (...lines: string[]) => lines.map((line) => `<p style="font-size:16pt">　　${line}</p>`).join("\n");
const picture = (n: number, alt: string) =>
  `<p align="center"><img src="/images/${n}.png" alt="${alt}" width="640" height="360"></p>`;
const table = (head: string[], ...rows: string[][]) =>
  `<table border="1" cellspacing="0"><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`)
    .join("")}</tbody></table>`;
const list = (...items: string[]) => `<ol>${items.map((item) => `<li>${item}</li>`).join("")}</ol>`;

const general: Writer[] = [
  (town, n) => ({
    title: `关于${town}部分路段夜间施工的通告`,
    category: "通告",
    html: `${p(`为改善出行条件，${town}镇区道路将进行养护施工，现将有关事项通告如下。`)}<h2>一、时间和路段</h2>${table(
      ["路段", "日期", "时间"],
      ["镇区东街", "10 日至 12 日", "21:00—次日 5:00"],
      ["河堤路", "13 日至 15 日", "21:00—次日 5:00"],
    )}<h2>二、绕行办法</h2>${list("小型车辆经<strong>环镇路</strong>绕行", "大型货车经县道绕行", "行人请走施工围挡外侧便道")}${picture(n, "施工路段")}`,
  }),
  (town) => ({
    title: `${town}计划停电通知`,
    category: "停水停电",
    html: `${p(`因线路检修，${town}部分台区将短时停电，请提前做好准备。`)}${table(
      ["停电范围", "开始", "结束"],
      ["镇区一台区", "8:00", "12:00"],
      ["山脚片区", "13:30", "17:30"],
    )}${p("如提前完工将提前送电，<b>线路随时可能带电，请勿攀爬电杆</b>。", '咨询电话：<a href="tel:0990-5550101">0990-5550101</a>')}`,
  }),
  (town, n) => ({
    title: `示例县森林防火期禁止野外用火的公告（${town}片区）`,
    category: "公告",
    html: `${p("进入森林防火期，请广大村民遵守以下规定：")}${list(
      "不在林区及林缘 500 米内烧荒、烧秸秆",
      "不携带火种进山",
      "祭祀请用鲜花代替明火",
    )}<blockquote><p>发现火情请立即拨打 <strong>12119</strong>。</p></blockquote>${picture(n, "林区")}`,
  }),
  (town, n) => ({
    title: `${town}防汛演练安排`,
    category: "应急",
    html: `<h2>集合地点</h2>${table(["村", "地点", "联络人"], ["竹溪村", "村文化广场", "值班干部"], ["石湾村", "小学操场", "值班干部"])}${p(
      "演练当天会拉响警报，请勿惊慌，按引导员指引前往安置点。",
    )}${picture(n, "演练现场")}${p(`详见<a href="/notices/rss/${n}.html">原文</a>及附件。`)}`,
    file: `/files/plan-${n}.pdf`,
  }),
  (town) => ({
    title: `${town}垃圾清运时间公示`,
    category: "公示",
    html: `${p("各村垃圾收集点的清运时间如下，公示期五天。")}${table(["村民小组", "清运时间"], ["一组、四组", "每周二、周五上午"], ["三组", "每周三、周六上午"])}${p(
      "没有按时清运的，可向镇政府反映。",
    )}`,
  }),
  (town) => ({
    title: `关于征集${town}道路命名意见的启事`,
    category: "征集",
    html: `${p("现就新修道路命名公开征集意见，欢迎大家参与。")}<ul><li>名称应体现本地历史与风物</li><li>不与已有道路重名</li><li>每人可提<em>两个</em>名称</li></ul>${p(
      '意见请发至 <a href="mailto:roads@portal.example">roads@portal.example</a>。',
    )}`,
  }),
];

const farm: Writer[] = [
  (town, n) => ({
    title: `${town}春耕备耕农资价格参考`,
    category: "行情",
    html: `${table(["品名", "规格", "参考价（元）"], ["尿素", "40 千克/袋", "98.00"], ["复合肥", "40 千克/袋", "132.00"], ["水稻种子", "1 千克", "46.00"])}${p(
      "价格仅供参考，以门店标价为准。",
    )}${picture(n, "农资门店")}`,
  }),
  (town) => ({
    title: `${town}稻飞虱防治技术要点`,
    category: "植保",
    html: `<h2>什么时候防治</h2>${p("百丛虫量超过 800 头时用药。")}<h2>怎么防治</h2>${list("先排水露田，再喷基部", "轮换用药，一季不超过两次", "<strong>收获前 20 天停止用药</strong>")}`,
  }),
  (town) => ({
    title: `耕地地力保护补贴${town}面积核实公示`,
    category: "补贴",
    html: `${p("按照自愿申报、村级核实的办法，现将面积汇总公示。")}${table(["村", "户数", "面积（亩）"], ["竹溪村", "612", "2,431.6"], ["石湾村", "380", "1,502.0"])}${p(
      "公示期内可到村委会查阅本户明细。",
    )}`,
    file: "/files/subsidy.pdf",
  }),
  (town, n) => ({
    title: `农机手培训班报名（${town}）`,
    category: "培训",
    html: `${p("免费，含午餐，结业发证。")}${list("时间：周六上午 8:30", "地点：镇农技站", "名额：40 人，报满为止")}${picture(n, "农机")}`,
  }),
  (town) => ({
    title: `${town}动物强制免疫秋防安排`,
    category: "畜牧",
    html: `${table(["畜种", "疫苗", "要求"], ["猪", "口蹄疫", "应免尽免"], ["鸡鸭", "禽流感", "应免尽免"], ["羊", "小反刍兽疫", "补免"])}${p("防疫员将上门服务，请配合保定牲畜。")}`,
  }),
];

const life: Writer[] = [
  (town) => ({
    title: `城乡居民医保集中缴费提醒（${town}）`,
    category: "医保",
    html: `<h2>缴费办法</h2>${list("手机缴费", "镇便民服务中心窗口", "村代办员代办")}${p("<b>错过集中缴费期会有等待期</b>，请尽早办理。")}`,
  }),
  (town, n) => ({
    title: `65 岁以上老人免费体检（${town}卫生院）`,
    category: "卫生",
    html: `${table(["日期", "村"], ["周一、周二", "竹溪村"], ["周三", "石湾村"], ["周四", "其他村"])}${p("请空腹前往，带身份证。行动不便的可预约上门。")}${picture(n, "卫生院")}`,
  }),
  (town) => ({
    title: `养老待遇领取资格认证提醒（${town}）`,
    category: "社保",
    html: `${p("每年认证一次，可在手机上刷脸，也可到村委会由代办员帮助办理。")}<ul><li>在外居住的老人可由家人协助</li><li>失能老人可申请上门</li></ul>`,
  }),
  (town) => ({
    title: `${town}招聘会：32 家企业 600 个岗位`,
    category: "就业",
    html: `${table(["工种", "人数", "月工资（元）"], ["缝纫工", "120", "4000—6500"], ["电子装配", "200", "4500—6000"], ["保安", "15", "3000 起"])}${p("免费接送，村口上车。")}`,
  }),
  (town, n) => ({
    title: `义务教育阶段新生报名须知（${town}）`,
    category: "教育",
    html: `${list("户口簿", "预防接种证", "居住证明")}${p("网上预报名后，按学校通知的时间到校核验。")}${picture(n, "校园")}`,
    file: `/files/school-${n}.pdf`,
  }),
];

const writers: Readonly<Record<ChannelName, readonly Writer[]>> = { rss: general, atom: farm, json: life };

/** Thirty notices, newest first, about two a week; the same for the same `now`. */
export function notices(channel: ChannelName, now: number): Notice[] {
  const hour = Math.floor(now / 3_600_000) * 3_600_000;
  return Array.from({ length: 30 }, (_, i) => {
    const n = 30 - i;
    const list = writers[channel];
    const writer = list[i % list.length] as Writer;
    const { title, ...rest } = writer(towns[Math.floor(i / list.length) % towns.length] ?? "清溪镇", n);
    const published = hour - Math.floor((i + 0.3) * 3.4 * DAY);
    const round = Math.floor(i / (list.length * towns.length));
    return {
      id: channels[channel].idOf(n),
      title: round === 0 ? title : `${title}（第 ${round + 1} 期）`,
      published,
      updated: published,
      ...rest,
    };
  });
}
