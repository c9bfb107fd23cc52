import { OutsideFault } from "@weimenhu/connectors/fault";
import type { NoteNo, PhoneNotes } from "@weimenhu/connectors/ports";
import type { Caller } from "@weimenhu/domain/permissions";
import { pino } from "pino";
import { messageJobs, messagesRoom, type Telling, tell } from "../src/foundation/messages/index.ts";
import { ensureCounty } from "../src/foundation/regions/index.ts";
import { newId } from "../src/kernel/id.ts";
import { outboxWorker } from "../src/kernel/outbox-worker.ts";
import { callerOf, router } from "../src/kernel/rpc.ts";
import { inTx } from "../src/kernel/tx.ts";
import { openRoom, somebody } from "./room.ts";

export const village = "990101101201";
type Answer = { sent: true } | NoteNo | "lost" | "busy" | "config" | "bug";
export type Rung = { way: string; to: string; text: string };

const template = (id: string) => ({ id, fields: { thing1: "title", thing2: "place", phrase3: "state" } as const });

/** An inbox, and phones outside that answer as they are told to. `start`: a Monday at ten. */
export async function messagesKit(start = Date.parse("2026-11-16T10:00:00+08:00")) {
  const room = await openRoom(start);
  // The outbox asks the database's own clock.
  const db = { ...room.db, clock: room.clock };
  await ensureCounty(db, start, "990101000000", "示例县");
  await db.rows("INSERT INTO region (code, name, sort, created_at) VALUES (?, '竹溪村', 1, NOW(3))", [village]);
  const rung: Rung[] = [];
  const answers: Answer[] = [];
  const ring = async (way: string, to: string, text: string) => {
    const answer = answers.shift() ?? { sent: true as const };
    if (answer === "busy") throw new OutsideFault(way, "busy");
    if (answer === "config") throw new OutsideFault(way, "config", { detail: "40037" });
    rung.push({ way, to, text });
    if (answer === "lost") throw new OutsideFault(way, "timeout");
    if (answer === "bug") throw new TypeError("ours");
    return answer;
  };
  const notes = (way: string): PhoneNotes => ({
    send: ({ to, words, page }) => ring(way, to, `${words.title}｜${words.place}｜${words.state}｜${page}`),
  });
  const templates = { progress: template("P"), duty: template("D") };
  const deps = {
    db,
    templates: { weapp: templates, alipay: templates },
    reachOf: async (_: unknown, id: string) => ({
      weapp: `o-${id}`,
      alipay: null,
      officePhone: phones.get(id) ?? null,
    }),
    outside: {
      weapp: notes("weapp"),
      alipay: notes("alipay"),
      sms: {
        duty: async (phone: string, { title }: { title: string }) => {
          const answer = await ring("sms", phone, title);
          return "no" in answer ? { no: "too-often" as const } : answer;
        },
      },
    },
  };
  const phones = new Map<string, string>();
  const worker = () => outboxWorker({ db, log: pino({ level: "silent" }), handlers: messageJobs(deps) });
  const nothing = async () => new Map<string, never>();
  const api = callerOf(router({ messages: messagesRoom({ ...deps, casesOfGone: nothing, caseGlimpses: nothing }) }));
  const as = (caller: Caller | null, channel: "weapp" | "alipay" | "web" = "weapp") =>
    api(room.ctx(caller, { db, channel }));

  async function person(): Promise<Caller> {
    const caller = somebody();
    await db.rows("INSERT INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [caller.personId]);
    return caller;
  }
  const telling = (to: Caller | readonly Caller[], more: Partial<Telling> = {}): Telling => ({
    kind: "replied",
    key: `event:${newId()}`,
    region: village,
    about: { page: "post", id: newId() },
    ...more,
    to: [to].flat().map(({ personId }) => personId),
  });
  const told = (what: Telling) => inTx(db, (tx) => tell(tx, room.clock, what));
  const accept = (caller: Caller, channel: "weapp" | "alipay" = "weapp") =>
    as(caller, channel).messages.consented({
      key: `key-${newId()}`,
      answers: [
        { template: "progress", answer: "accept" },
        { template: "duty", answer: "accept" },
      ],
    });
  const outsideOf = async (caller: Caller) =>
    (
      await db.rows<{ outside: string | null }>("SELECT outside FROM message WHERE person = ? ORDER BY at, id", [
        caller.personId,
      ])
    ).map(({ outside }) => outside);
  const left = async (caller: Caller, name = "progress") =>
    Number(
      (
        await db.rows<{ n: number }>(
          "SELECT remaining AS n FROM message_consent WHERE person = ? AND template = ? AND channel = 'weapp'",
          [caller.personId, name],
        )
      )[0]?.n ?? 0,
    );
  return {
    ...room,
    db,
    deps,
    phones,
    rung,
    answers,
    as,
    person,
    telling,
    told,
    accept,
    outsideOf,
    left,
    worker,
    settle: () => worker().settle(),
  };
}
