import { test } from "vitest";
import { freshDatabase } from "../../server/test/database/index.ts";
import { live } from "../../server/test/seed/live.ts";
import { startWorld } from "../../server/test/world.ts";
test("m", async () => {
  let t = performance.now();
  const lap = (n: string) => { const now = performance.now(); console.log(n, Math.round(now - t)); t = now; };
  const db = await freshDatabase(); lap("db");
  const now = Date.now();
  const world = await startWorld({ databaseUrl: db.url, start: now - 90 * 86400000 }); lap("world");
  const life = await live(world, { now, size: 0.005, feed: null }); lap("live");
  console.log(life.summary);
  const p = await world.person({ phone: "19900000001", channel: "weapp", openid: "x1" });
  const q = await world.person({ phone: "19900000001", channel: "alipay", openid: "x2" });
  console.log(p.id, q.id, p.token);
  await world.close(); await db.drop(); lap("close");
});
