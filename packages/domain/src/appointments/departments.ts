/**
 * Departments of hospitals and the everyday words for which one goes there. Codes and names: 医疗机构诊疗科目名录 (卫医发〔1994〕27号);
 * which complaint leads where: the guide 对症挂号 of Anhui's health commission (安徽省卫生健康委, 2025) where it speaks of it, else what
 * belongs to the department by its name. A word names a door to knock at, never an illness; a hospital may hand in words of its own.
 */
export const departments = {
  "02": { name: "全科医疗科", plain: "说不清看哪一科", words: "不知道 说不清 全科 浑身不舒服 没力气 体检 开药 复查" },
  "03": { name: "内科", plain: "发烧、乏力、内脏不舒服", words: "发烧 发热 感冒 内科 浑身没劲 怕冷 出虚汗" },
  "03.01": { name: "呼吸内科", plain: "咳嗽、气喘", words: "呼吸科 咳嗽 咳痰 痰多 气喘 气短 哮喘 肺 打呼噜 支气管" },
  "03.02": {
    name: "消化内科",
    plain: "胃、肚子、大便",
    words: "消化科 胃 胃疼 胃痛 肚子 肚子疼 肚子痛 腹痛 腹泻 拉肚子 便秘 反酸 烧心 打嗝 恶心 吃不下 黑便 肝 肠",
  },
  "03.03": {
    name: "神经内科",
    plain: "头疼、头晕、手脚麻",
    words: "神经科 头疼 头痛 偏头痛 头晕 眩晕 站不稳 手麻 脚麻 手脚麻 手抖 失眠 睡不着 记性差 忘事 说话不清 中风 偏瘫",
  },
  "03.04": {
    name: "心血管内科",
    plain: "心慌、血压高",
    words: "心内科 心血管 心慌 心跳快 心脏 心口 胸闷 高血压 血压 血压高 腿肿",
  },
  "03.05": { name: "血液内科", plain: "贫血、容易出血", words: "贫血 脸色白 面色苍白 牙龈出血 淤青 血液" },
  "03.06": { name: "肾病学", plain: "肾、浮肿、小便有泡沫", words: "肾内科 肾 浮肿 脸肿 泡沫尿 小便有泡沫 透析 尿少" },
  "03.07": { name: "内分泌科", plain: "血糖、甲状腺", words: "血糖 糖尿病 口渴 甲状腺 大脖子 消瘦 太胖 痛风" },
  "04": {
    name: "外科",
    plain: "伤口、肿块、疝气",
    words: "伤口 外科 肿块 疙瘩 疝气 阑尾 胆结石 痔疮 换药 拆线 静脉曲张 乳房",
  },
  "04.02": { name: "神经外科", plain: "头部受伤", words: "头受伤 摔到头 头部外伤 撞到头 脑外伤" },
  "04.03": {
    name: "骨科",
    plain: "骨头、关节、腰腿",
    words: "骨头 骨折 关节 腰 腰疼 腰痛 腿疼 腿痛 膝盖 脖子疼 颈椎 肩膀 扭伤 崴脚 摔伤 骨质疏松 抽筋",
  },
  "04.04": { name: "泌尿外科", plain: "小便疼、尿不出", words: "小便 尿频 尿急 尿痛 尿不出 血尿 前列腺 肾结石 尿路" },
  "05": {
    name: "妇产科",
    plain: "月经、怀孕、生孩子",
    words: "产科 月经 怀孕 孕检 产检 妇科 白带 生孩子 下身 停经 避孕 更年期",
  },
  "07": { name: "儿科", plain: "孩子生病", words: "孩子 小孩 娃 娃娃 宝宝 婴儿 儿科 新生儿" },
  "09": { name: "儿童保健科", plain: "孩子发育、打预防针", words: "长不高 发育 个子矮 儿保 说话晚" },
  "01": { name: "预防保健科", plain: "打疫苗", words: "疫苗 打针预防 预防针 狂犬 狗咬 猫抓" },
  "10": {
    name: "眼科",
    plain: "眼睛",
    words: "眼 眼睛 看不清 看不见 流泪 流眼泪 白内障 老花 近视 眼红 红眼 眼皮 飞蚊",
  },
  "11": {
    name: "耳鼻咽喉科",
    plain: "耳朵、鼻子、嗓子",
    words: "耳鼻喉 耳 耳朵 听不见 耳背 耳鸣 鼻 鼻子 鼻塞 流鼻涕 鼻血 嗓子 喉咙 声音哑 咽 扁桃体 鱼刺",
  },
  "12": {
    name: "口腔科",
    plain: "牙、嘴",
    words: "牙科 牙 牙疼 牙痛 牙齿 补牙 拔牙 镶牙 假牙 牙龈 口腔 嘴里 口腔溃疡",
  },
  "13": {
    name: "皮肤科",
    plain: "皮肤、发痒",
    words: "皮肤 痒 发痒 皮疹 红疹 湿疹 过敏 疹子 脚气 癣 脱发 掉头发 痘 带状疱疹 白斑",
  },
  "15": { name: "精神科", plain: "情绪、睡眠", words: "心理 心里难受 情绪 抑郁 焦虑 想不开 精神 幻觉 戒酒" },
  "16": { name: "传染科", plain: "肝炎、传染病", words: "肝炎 乙肝 结核 黄疸 传染" },
  "19": { name: "肿瘤科", plain: "肿瘤", words: "肿瘤 癌 化疗 放疗" },
  "20": { name: "急诊医学科", plain: "突然很重的情况", words: "急诊 受伤 烫伤 烧伤 蛇咬 中毒" },
  "21": { name: "康复医学科", plain: "病后锻炼恢复", words: "康复 锻炼 恢复 理疗 走路不稳" },
  "27": { name: "疼痛科", plain: "长期疼痛", words: "长期疼 老是疼 疼痛 神经痛" },
  "50": { name: "中医科", plain: "中医调理、针灸", words: "中医 中药 针灸 调理 推拿 拔罐 把脉 艾灸" },
} as const satisfies Record<string, { name: string; plain: string; words: string }>;
export type DepartmentCode = keyof typeof departments;
export const departmentCodes = Object.keys(departments) as DepartmentCode[];

/** Nobody books a place for these: a voice on the phone comes first. */
const atOnce =
  "昏迷 叫不醒 不省人事 没有呼吸 喘不上气 喘不过气 呼吸困难 胸口压 胸口剧痛 胸痛 抽搐 大出血 吐血 半边身子不能动 嘴歪 口眼歪斜 喝农药 农药 中毒 触电 溺水 蛇咬 异物卡 自杀".split(
    " ",
  );

const plain = (words: string): string => words.toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, "");
/** What people put around what they mean: 我想看眼睛, 挂个骨科. */
const around =
  /^(我|我妈|我爸|老人|想|要|去|看看|看|挂个|挂|找|查|有点|老是|总是)+|(的号|号|医生|大夫|科室|怎么办|看哪科|挂什么科|看什么科|不舒服|难受|病)+$/g;

export type Found = { code: DepartmentCode; name: string; plain: string };
/** `call`: what was written sounds as if somebody must come at once (120). */
export type Finding = { call: boolean; found: Found[] };

/**
 * Where to go with what somebody wrote: by the department's name, or by everyday words in it, the longest first; a few at most.
 * Nothing found is an empty list, and the whole list of departments is shown then.
 */
export function findDepartments(written: string, most = 4): Finding {
  const all = plain(written).slice(0, 60);
  const bare = all.replace(around, "");
  const asked = bare === "" ? all : bare;
  if (asked === "") return { call: false, found: [] };
  const ranked = departmentCodes
    .map((code) => ({ code, rank: rankOf(code, asked, all) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || departmentCodes.indexOf(a.code) - departmentCodes.indexOf(b.code));
  const found = ranked
    .slice(0, most)
    .map(({ code }) => ({ code, name: departments[code].name, plain: departments[code].plain }));
  return { call: atOnce.some((word) => all.includes(word)), found };
}

/** A name outranks any word; of words the longest one counts, since 头晕 says more than 头. */
function rankOf(code: DepartmentCode, asked: string, all: string): number {
  const { name, words } = departments[code];
  const short = name.replace(/(医疗|医学)?科$|学$/u, "");
  if (all.includes(name)) return 100 + name.length;
  if (asked.length > 1 && (name.includes(asked) || (short.length > 1 && all.includes(short)))) return 50;
  const hits = words.split(" ").filter((word) => asked.includes(word) || (asked.length > 1 && word.includes(asked)));
  return Math.max(0, ...hits.map((word) => Math.min(word.length, asked.length)));
}
