import { OutsideFault } from "../fault.ts";
import { refusalOf, type WechatSettings, wechatClient } from "../login/wechat.client.ts";
import { textOf } from "../parse.ts";
import type { NoteNo, PhoneNotes } from "../ports.ts";
import { noteData } from "./note-fields.ts";

const SYSTEM = "wechat-messages";

export type WechatMessagesSettings = WechatSettings & {
  /** Which edition of the mini-program opens: `formal`, or `trial` and `developer` before it is released. */
  edition: "formal" | "trial" | "developer";
};

const NO: Readonly<Record<string, NoteNo["no"]>> = {
  // Refused, switched off, or all that was allowed is used up.
  43101: "refused",
  40003: "nobody",
  45009: "quota",
};
/** Ours to mend: the template, its fields, the page. */
const CONFIG: ReadonlySet<string> = new Set(["40037", "41030", "47003", "43104"]);
/** The vendor's limits by the kind of field, which begins its name. */
const most: [RegExp, number][] = [
  [/^phrase/, 5],
  [/^name/, 10],
  [/^thing/, 20],
];

/** WeChat's subscribe messages: one that a person allowed is one message. */
export function wechatMessages(settings: WechatMessagesSettings): PhoneNotes {
  const client = wechatClient(SYSTEM, settings);
  return {
    async send({ to, template, page, words }) {
      const answer = await client.call("/cgi-bin/message/subscribe/send", {
        touser: to,
        template_id: template.id,
        page,
        data: noteData(template, words, (field) => most.find(([kind]) => kind.test(field))?.[1] ?? 32),
        miniprogram_state: settings.edition,
        lang: "zh_CN",
      });
      const code = textOf(answer.errcode);
      if (code === "0") return { sent: true };
      const no = NO[code];
      if (no) return { no };
      throw CONFIG.has(code)
        ? new OutsideFault(SYSTEM, "config", { detail: `errcode ${code}` })
        : refusalOf(SYSTEM, answer);
    },
  };
}
