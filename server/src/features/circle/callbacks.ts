import type { PicturePush } from "@weimenhu/connectors/ports";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { enqueue } from "../../kernel/outbox.ts";
import { inTx } from "../../kernel/tx.ts";
import { pushedJob } from "./jobs.ts";
import { insertPush } from "./store.check.ts";

export const pushPath = "/callbacks/wechat";
type PushDeps = { db: Db; log: Log; push: PicturePush };

/**
 * Where WeChat sends its events (消息推送, safe mode, JSON). An event is kept in a table of its own before it is acknowledged;
 * what it means is worked out afterwards, so one that comes twice, late, or before its question is no special case.
 */
export async function circleCallbacks(app: FastifyInstance, { db, log, push }: PushDeps): Promise<void> {
  await app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser("*", { parseAs: "string", bodyLimit: 64 * 1024 }, (_request, body, done) => {
      done(null, body);
    });
    own.get(pushPath, async (request, reply) => {
      const echo = push.hello(queryOf(request));
      return echo === null ? reply.code(403).send() : reply.type("text/plain").send(echo);
    });
    own.post(pushPath, async (request, reply) => {
      const event = push.read(queryOf(request), typeof request.body === "string" ? request.body : "");
      if (event === "forged") {
        log.warn({ request: request.id }, "a push that WeChat did not send");
        return reply.code(403).send();
      }
      if (event !== "other") {
        const { trace, verdict } = event;
        await inTx(db, async (tx) => {
          const state = verdict?.says ?? "lost";
          await insertPush(tx, { trace, state, label: verdict?.label ?? "other", at: db.clock.now() });
          await enqueue(tx, { kind: pushedJob, key: `pushed:${trace}`, payload: { trace, late: false } });
        });
      }
      return reply.type("text/plain").send("success");
    });
  });
}

/** Each parameter once, as text. */
const queryOf = (request: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.query as Record<string, unknown>).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
