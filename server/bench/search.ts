import { contract } from "@weimenhu/contract";
import { get } from "../src/features/notices/service.public.ts";
import { search, termSearch } from "../src/features/notices/service.search.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { createHttp } from "../src/kernel/http.ts";
import { openLog } from "../src/kernel/log.ts";
import { query, router } from "../src/kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../src/kernel/rpc-http.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { county, openCounty, villages } from "../test/notices-county.ts";
import { type Bench, interleave, median, type Scenario } from "./harness.ts";

const notices = 100_000;
const calls = 150;
const questions = [
  "停水",
  "体检",
  "农技培训",
  "竹林停电",
  "森林防火提醒",
  "社保认证公告",
  "垃圾",
  "tstz",
  "yfgs",
  "修路安排",
];

/**
 * Median milliseconds of one call at a time over HTTP, so less is better and the ratio is to stay below 3. Ours:
 * `notices.search` in a village among 100,000 notices of a county, ten hits with their snippets. The limit:
 * `notices.get` by primary key through the same stack, without the kept answers.
 */
async function run({ databaseUrl }: Bench): Promise<{ ours: number; limit: number }> {
  const db = await openCounty(databaseUrl, notices, true);
  const config = testConfig({ RATE_ADDRESS: "1000000", RATE_ACCOUNT: "1000000" });
  const log = openLog("silent");
  const app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const api = router({
    search: query(contract.notices.search, "anyone", (ctx, input) =>
      search({ home: county, search: termSearch }, ctx, input),
    ),
    get: query(contract.notices.get, "anyone", get),
  });
  const settings = { router: api, db, clock: systemClock, log, config, resolveCaller: async () => null };
  await app.register(rpcServer(settings), { prefix: rpcPrefix });
  const base = `${await app.listen({ host: "127.0.0.1", port: 0 })}${rpcPrefix}`;
  const ids = await db.rows<{ id: string }>("SELECT id FROM notice_face ORDER BY title LIMIT 5000");
  const url = (path: string, input: object) => `${base}/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
  let turn = 0;
  const ask = () => {
    const region = villages[(turn * 37) % villages.length];
    return url("search", { q: questions[turn++ % questions.length], region, limit: 10 });
  };
  const read = () => url("get", { id: ids[(turn++ * 101) % ids.length]?.id });
  let hits = 0;
  const times = (next: () => string) => async () => {
    const took: number[] = [];
    for (let n = 0; n < calls; n++) {
      const address = next();
      const began = performance.now();
      const answer = await (await fetch(address)).text();
      took.push(performance.now() - began);
      if (!answer.startsWith('{"result"')) throw new Error(`no answer: ${answer.slice(0, 200)}`);
      if (answer.includes('"snippet"')) hits++;
    }
    return median(took);
  };
  try {
    const figures = await interleave(times(ask), times(read), 7);
    if (hits < calls) throw new Error("most questions found nothing");
    return figures;
  } finally {
    await Promise.all([app.close(), db.close()]);
  }
}

export const scenarios: Scenario[] = [{ scenario: "search", unit: "ms, median; at most 3 x", run }];
