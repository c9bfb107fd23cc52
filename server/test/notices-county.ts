import { bodyText } from "@weimenhu/domain/body";
import { noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { termsOf } from "../src/features/notices/service.terms.ts";
import { sqlTime } from "../src/kernel/clock.ts";
import { type Db, migrate, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { testConfig } from "../src/kernel/testing.ts";

/** A large county for measuring: 500 villages in 20 towns, every notice published, rows written straight into the tables. */
export const county = "990101000000";
export const villages = Array.from({ length: 500 }, (_, n) => {
  const town = String(Math.floor(n / 25) + 1).padStart(3, "0");
  return `990101${town}${String((n % 25) + 1).padStart(3, "0")}`;
});
export const towns = [...new Set(villages.map((code) => `${code.slice(0, 9)}000`))];

const start = 1_780_000_000_000;
const places = ["东头", "西湾", "河坝", "老街", "新村", "竹林", "桥头", "坡上"];
const things = [
  "停水",
  "停电",
  "体检",
  "缴费",
  "防汛",
  "招工",
  "疫苗",
  "修路",
  "农技培训",
  "社保认证",
  "森林防火",
  "垃圾清运",
];
const acts = ["通知", "公告", "提醒", "安排", "公示"];
const tails = [
  "请相互转告",
  "请提前准备",
  "联系村务公开栏所列电话",
  "带好身份证",
  "逾期请到镇便民服务中心办理",
  "遇雨顺延",
];

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

function noticeAt(n: number) {
  const thing = pick(things, n * 7 + Math.floor(n / 13));
  const title = `关于${pick(places, n * 3)}${thing}的${pick(acts, n * 5)}（第${n % 97}期）`;
  const words = `${pick(places, n)}片区${thing}，时间为本月${(n % 28) + 1}日，${pick(tails, n)}，${pick(tails, n * 11 + 3)}。`;
  return { title, words, category: pick(noticeCategoryKeys, n) };
}

/** As a production server has it: the indexes that are read all the time stay in memory. */
const bufferPool = 1_073_741_824;

/** A migrated database with so many notices, a tenth of them from the towns and a hundredth from the county. */
export async function openCounty(serverUrl: string, notices: number, withTerms: boolean): Promise<Db> {
  const url = new URL(serverUrl);
  url.pathname = `/bench_notices_${newId().toLowerCase()}`;
  await migrate(url.href);
  const db = openDb(testConfig({ DATABASE_URL: url.href, DATABASE_POOL: "20" }));
  await db.pool.query(`SET GLOBAL innodb_buffer_pool_size = ${bufferPool}`);
  const regions = [county, ...towns, ...villages];
  await many(
    db,
    "region (code, name, sort, created_at)",
    regions.map((code) => [code, `地方${code.slice(6)}`, 0, sqlTime(start)]),
  );
  for (let from = 0; from < notices; from += 2_000) {
    const faces: (string | number | null)[][] = [];
    const texts: typeof faces = [];
    const terms: typeof faces = [];
    for (let n = from; n < Math.min(from + 2_000, notices); n++) {
      const region =
        n % 100 === 0
          ? county
          : n % 10 === 1
            ? pick(towns, Math.floor(n / 10))
            : pick(villages, Math.floor(n * 0.7919) + n);
      const { title, words, category } = noticeAt(n);
      const id = newId();
      const at = sqlTime(start + n * 60_000);
      const body = JSON.stringify([{ t: "p", c: [{ t: "text", v: words }] }]);
      const shelf = region.endsWith("000") ? 2 : 1;
      faces.push([id, region, shelf, category, 0, at, at, 1, title, words.slice(0, 80)]);
      texts.push([id, 1, title, category, "here", body, bodyText(JSON.parse(body)), "[]", "", "", at]);
      if (!withTerms) continue;
      for (const [term, weight] of termsOf({ title, words, column: noticeCategories[category] }))
        terms.push([region, shelf, term, weight, at, id, category]);
    }
    const face = "id, region, shelf, category, pinned, published_at, updated_at, version, title, summary";
    await many(db, `notice_face (${face})`, faces);
    const text = "notice, version, title, category, reach, body, words, attachments, digest, written_by, at";
    await many(db, `notice_version (${text})`, texts);
    // In the order of the key, as a table that has grown would lie.
    await many(
      db,
      "notice_term (region, shelf, term, weight, published_at, notice, category)",
      terms.sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    );
  }
  await db.pool.query("ANALYZE TABLE notice_face, notice_version, notice_term, region");
  return db;
}

async function many(db: Db, into: string, rows: readonly (string | number | null)[][]): Promise<void> {
  for (let from = 0; from < rows.length; from += 5_000) {
    await db.pool.query(`INSERT INTO ${into} VALUES ?`, [rows.slice(from, from + 5_000)]);
  }
}
