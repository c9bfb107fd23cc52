import { createCipheriv, createHash, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Faults } from "./faults.ts";
import { field } from "./serve.ts";

export type Suggest = "pass" | "review" | "risky";
/** How a result reaches the server: as it should · twice · with a signature or an app of somebody else's · in plain text. */
export type PushAs = "well" | "twice" | "badly-signed" | "other-app" | "plain";
type Asked = {
  trace: string;
  url: string;
  openid: string;
  verdict: { suggest: Suggest; label: number };
  told: boolean;
};

export type WechatSafetyControl = {
  /** Words that hold `part` are this from now on; everything else passes. `label` is the vendor's number. */
  judgeWords(part: string, suggest: Suggest, label?: number): void;
  /** The same for pictures, by a part of their address. */
  judgePictures(part: string, suggest: Suggest, label?: number): void;
  /** Where results go, as one writes it into the console. Results of pictures go out by themselves once it is known. */
  pushTo(address: string): void;
  /** From now on results wait until they are pushed by hand. */
  holdPushes(on: boolean): void;
  /** What was asked and not told yet, oldest first. */
  untold(): string[];
  /** Pushes one result now (again, if it was told); answers the status and the text that the server gave. */
  push(trace: string, as?: PushAs): Promise<{ status: number; text: string }>;
  /** An error code instead of a result. */
  pushError(trace: string, errcode: number): Promise<{ status: number; text: string }>;
  /** Waits for results that are on their way; answers how many there were. */
  pushed(): Promise<number>;
  /** This person has not used the app for two hours. */
  asleep(openid: string): void;
};

type Setting = {
  appid: string;
  faults: Faults;
  /** Sends the vendor's error for a bad token or a planned fault, or gives undefined when the call may go on. */
  gate(url: string, query: unknown): number | undefined;
  error(reply: FastifyReply, errcode: number): FastifyReply;
};

const id = () =>
  `${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}`;

/** WeChat's content security: `msg_sec_check` and `media_check_async` with its push. */
export function wechatSafety(app: FastifyInstance, { appid, faults, gate, error }: Setting) {
  const token = randomBytes(8).toString("hex");
  const aesKey = randomBytes(64)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 42)
    .concat("A");
  const words: { part: string; suggest: Suggest; label: number }[] = [];
  const pictures: { part: string; suggest: Suggest; label: number }[] = [];
  const asked = new Map<string, Asked>();
  const asleep = new Set<string>();
  let target = "";
  let held = false;
  let onTheWay: Promise<unknown>[] = [];

  const judged = (list: typeof words, text: string) => {
    const found = list.findLast(({ part }) => text.includes(part));
    return found ? { suggest: found.suggest, label: found.label } : { suggest: "pass" as const, label: 100 };
  };
  const common = (body: unknown): number | undefined => {
    const openid = field(body, "openid");
    if ((body as { version?: unknown }).version !== 2 || !openid) return 47001;
    return asleep.has(openid) ? 61010 : undefined;
  };

  app.post("/wxa/msg_sec_check", async (request, reply) => {
    const content = field(request.body, "content");
    const fault = gate(request.url, request.query) ?? common(request.body) ?? (content ? undefined : 44004);
    if (fault) return error(reply, fault);
    if ([...content].length > 2500) return error(reply, 45002);
    const { suggest, label } = judged(words, content);
    const detail = [{ strategy: "content_model", errcode: 0, suggest, label, prob: 90 }];
    return reply.send({ errcode: 0, errmsg: "ok", result: { suggest, label }, detail, trace_id: id() });
  });

  app.post("/wxa/media_check_async", async (request, reply) => {
    const url = field(request.body, "media_url");
    const fault = gate(request.url, request.query) ?? common(request.body) ?? (url ? undefined : 40004);
    if (fault) return error(reply, fault);
    const trace = id();
    const verdict = judged(pictures, url);
    asked.set(trace, { trace, url, openid: field(request.body, "openid"), verdict, told: false });
    if (!held && target !== "") onTheWay.push(push(trace, "well").catch(() => undefined));
    return reply.send({ errcode: 0, errmsg: "ok", trace_id: trace });
  });

  function sealed(message: object, forApp: string): { query: string; body: string } {
    const key = Buffer.from(`${aesKey}=`, "base64");
    const said = Buffer.from(JSON.stringify(message));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(said.length);
    const plain = Buffer.concat([randomBytes(16), size, said, Buffer.from(forApp)]);
    const fill = 32 - (plain.length % 32);
    const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
    const full = Buffer.concat([plain, Buffer.alloc(fill, fill)]);
    const Encrypt = Buffer.concat([cipher.update(full), cipher.final()]).toString("base64");
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(randomBytes(4).readUInt32BE(0));
    const signed = (parts: string[]) => createHash("sha1").update(parts.sort().join("")).digest("hex");
    const query = new URLSearchParams({
      signature: signed([token, timestamp, nonce]),
      timestamp,
      nonce,
      openid: "oSystem",
      encrypt_type: "aes",
      msg_signature: signed([token, timestamp, nonce, Encrypt]),
    });
    return { query: query.toString(), body: JSON.stringify({ ToUserName: "gh_demo", Encrypt }) };
  }

  const eventOf = ({ trace, verdict, openid }: Asked, errcode: number) => ({
    ToUserName: "gh_demo",
    FromUserName: openid,
    CreateTime: Math.floor(Date.now() / 1000),
    MsgType: "event",
    Event: "wxa_media_check",
    appid,
    trace_id: trace,
    version: 2,
    detail: errcode ? [] : [{ strategy: "content_model", errcode: 0, ...verdict, prob: 90 }],
    errcode,
    errmsg: errcode ? "fail" : "ok",
    result: errcode ? {} : verdict,
  });

  async function send(message: object, as: PushAs): Promise<{ status: number; text: string }> {
    const { query, body } = sealed(message, as === "other-app" ? "wx_other" : appid);
    const wrong = as === "badly-signed" ? query.replace(/msg_signature=[0-9a-f]{4}/, "msg_signature=0000") : query;
    const text = as === "plain" ? JSON.stringify(message) : body;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${target}?${wrong}`, { method: "POST", headers, body: text });
    return { status: answer.status, text: await answer.text() };
  }

  async function push(trace: string, as: PushAs = "well", errcode = 0) {
    const one = asked.get(trace);
    if (!one) throw new Error(`nobody asked for ${trace}`);
    if (faults.take("push", ["drop"])) return { status: 0, text: "" };
    const first = await send(eventOf(one, errcode), as);
    one.told ||= as === "well" || as === "twice";
    return as === "twice" ? send(eventOf(one, errcode), as) : first;
  }

  const control: WechatSafetyControl = {
    judgeWords: (part, suggest, label = suggest === "pass" ? 100 : 21000) => void words.push({ part, suggest, label }),
    judgePictures: (part, suggest, label = suggest === "pass" ? 100 : 21000) =>
      void pictures.push({ part, suggest, label }),
    pushTo(address) {
      target = address;
    },
    holdPushes(on) {
      held = on;
    },
    untold: () => [...asked.values()].filter(({ told }) => !told).map(({ trace }) => trace),
    push: (trace, as) => push(trace, as),
    pushError: (trace, errcode) => push(trace, "well", errcode),
    async pushed() {
      const going = onTheWay;
      onTheWay = [];
      await Promise.all(going);
      return going.length;
    },
    asleep: (openid) => void asleep.add(openid),
  };
  return { control, env: { WECHAT_PUSH_TOKEN: token, WECHAT_PUSH_KEY: aesKey } };
}
