import { OutsideFault } from "@weimenhu/connectors/fault";
import type { PictureCheck, PicturePush, TextCheck, Verdict } from "@weimenhu/connectors/ports";
import Fastify from "fastify";
import { circleCallbacks, circleJobs, circleTicks, pushPath } from "../src/features/circle/index.ts";
import type { Handler } from "../src/kernel/outbox.ts";
import { outboxWorker } from "../src/kernel/outbox-worker.ts";
import { circleKit } from "./circle-kit.ts";

export type Says = Verdict["says"];
const verdict = (says: Says): Verdict => ({ says, label: says === "pass" ? "other" : "fraud" });

/** A platform that says what it is told to say, and remembers what it has passed. */
export function platform() {
  const plan = { words: "pass" as Says | "down" | "not-active", picture: "push" as Says | "push" | "down" };
  const passed = new Set<string>();
  const asked: { trace: string; url: string }[] = [];
  const down = () => {
    throw new OutsideFault("wechat", "down", { detail: "status 503" });
  };
  const checker: TextCheck & PictureCheck = {
    async words({ text }) {
      if (plan.words === "down") return down();
      if (plan.words === "not-active") return { no: "not-active" };
      if (plan.words === "pass") passed.add(text);
      return verdict(plan.words);
    },
    async picture({ url }) {
      if (plan.picture === "down") return down();
      if (plan.picture !== "push") {
        if (plan.picture === "pass") passed.add(url);
        return verdict(plan.picture);
      }
      const trace = `t-${asked.length}`;
      asked.push({ trace, url });
      return { pushed: trace };
    },
    check: async () => ({ ok: true }),
  };
  return { plan, passed, asked, checker };
}

/** A push says `<trace> <what it says>`; the signature is right when the query says so. */
const push: PicturePush = {
  hello: (query) => (query.signature === "right" ? (query.echostr ?? "") : null),
  read(query, body) {
    const [trace = "", says = ""] = body.split(" ");
    if (query.signature !== "right") return "forged";
    if (says === "nothing") return "other";
    return { trace, verdict: says === "error" ? null : verdict(says as Says) };
  },
};

type Outside = { checker: TextCheck & PictureCheck; push: PicturePush };

/**
 * The circle with its jobs and the address for pushes; `wrap` may let a job fail before or after it ran, `outside` is another
 * platform than the one that is told what to say.
 */
export async function checksKit(wrap: (handler: Handler) => Handler = (handler) => handler, outside?: Outside) {
  const wechat = platform();
  const kit = await circleKit({ wechat: outside?.checker ?? wechat.checker, unseen: "held" });
  const { db } = kit;
  const { log } = kit.ctx();
  const jobs = { ...kit.deps, db, log };
  const handlers = Object.fromEntries(Object.entries(circleJobs(jobs)).map(([kind, job]) => [kind, wrap(job)]));
  const worker = outboxWorker({ db, log, handlers });
  const app = Fastify();
  await circleCallbacks(app, { db, log, push: outside?.push ?? push });
  const tick = circleTicks(jobs)["circle.stuck"];
  return {
    ...kit,
    wechat,
    settle: () => worker.settle(),
    /** Where pushes go, on a real port. */
    listen: async () => `${await app.listen({ host: "127.0.0.1", port: 0 })}${pushPath}`,
    /** Time passes, and what became due is done. */
    async later(ms: number) {
      kit.clock.advance(ms);
      await worker.settle();
    },
    /** What runs every ten minutes. */
    free: async () => tick?.run(kit.clock.now()),
    send: (body: string, signature = "right") =>
      app.inject({ method: "POST", url: `${pushPath}?signature=${signature}`, payload: body }),
    hello: (signature: string) => app.inject({ method: "GET", url: `${pushPath}?signature=${signature}&echostr=e1` }),
    async close() {
      await worker.stop(0);
      await app.close();
      await kit.close();
    },
  };
}
