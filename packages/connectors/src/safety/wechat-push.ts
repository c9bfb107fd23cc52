import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";
import { OutsideFault } from "../fault.ts";
import { isObject, type Json, textOf } from "../parse.ts";
import type { PicturePush } from "../ports.ts";
import { verdictOf } from "./wechat-verdict.ts";

export type WechatPushSettings = {
  appid: string;
  /** 令牌(Token) of the message push, as set in the console. */
  token: string;
  /** 消息加密密钥(EncodingAESKey): 43 letters. */
  aesKey: string;
};

const blockBytes = 32;

/**
 * WeChat's message push in safe mode (安全模式), JSON. Only what is encrypted is read: the signature of the plain mode covers the
 * query alone, so anybody who has seen one such request could put a body of their own under it.
 */
export function wechatPush({ appid, token, aesKey }: WechatPushSettings): PicturePush {
  const key = Buffer.from(`${aesKey}=`, "base64");
  if (token === "" || !/^[A-Za-z0-9]{43}$/.test(aesKey) || key.length !== 32)
    throw new OutsideFault("wechat-push", "config", { detail: "token, or a key of 43 letters, is missing" });

  const signs = (signature: string | undefined, query: Readonly<Record<string, string>>, more: readonly string[]) => {
    const { timestamp = "", nonce = "" } = query;
    const parts = [token, timestamp, nonce, ...more].sort((a, b) => (a < b ? -1 : 1));
    const ours = createHash("sha1").update(parts.join("")).digest();
    const theirs = Buffer.from(signature ?? "", "hex");
    return theirs.length === ours.length && timingSafeEqual(ours, theirs);
  };

  return {
    hello: (query) => (signs(query.signature, query, []) ? (query.echostr ?? "") : null),

    read(query, body) {
      const outer = objectOf(body);
      const sealed = outer ? textOf(outer.Encrypt) : "";
      if (sealed === "" || !signs(query.msg_signature, query, [sealed])) return "forged";
      const said = objectOf(opened(sealed, key, appid) ?? "");
      if (!said) return "forged";
      if (said.Event !== "wxa_media_check") return "other";
      const trace = textOf(said.trace_id);
      if (textOf(said.appid) !== appid || !/^[\w-]{1,128}$/.test(trace)) return "other";
      // An error code, or a result that we cannot read: WeChat could not look at it, so a person does.
      const looked = ["", "0"].includes(textOf(said.errcode)) && isObject(said.result);
      return { trace, verdict: looked && isObject(said.result) ? verdictOf(said.result) : null };
    },
  };
}

function objectOf(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** 16 bytes by chance, the length of the message, the message, the app's id, filled up to blocks of 32; null when it is not that. */
function opened(sealed: string, key: Buffer, appid: string): string | null {
  try {
    const cipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
    const plain = Buffer.concat([cipher.update(sealed, "base64"), cipher.final()]);
    const fill = plain.at(-1) ?? 0;
    if (fill < 1 || fill > blockBytes || fill > plain.length) return null;
    const text = plain.subarray(0, plain.length - fill);
    const length = text.readUInt32BE(16);
    if (20 + length > text.length || text.subarray(20 + length).toString() !== appid) return null;
    return text.subarray(20, 20 + length).toString("utf8");
  } catch {
    return null;
  }
}
