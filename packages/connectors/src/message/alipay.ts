import { OutsideFault } from "../fault.ts";
import { type AlipaySettings, alipayClient, SYSTEM } from "../login/alipay.client.ts";
import { textOf } from "../parse.ts";
import type { NoteNo, PhoneNotes } from "../ports.ts";
import { noteData } from "./note-fields.ts";

const METHOD = "alipay.open.app.mini.templatemessage.send";
/** The longest value of a keyword. */
const most = 50;

/** The business refusals (40004) come in words that changed over the years: told apart by what they are about. */
const NO: [RegExp, NoteNo["no"]][] = [
  [/LIMIT|QUOTA|FREQUEN|FATIGUE/i, "quota"],
  [/USER_?(NOT_?EXIST|ID|NOT_?FOUND)|OPEN_?ID|TO_USER/i, "nobody"],
  [/SUBSCRI|AUTH_?TOKEN|FORM_?ID|REFUSE|REJECT|NOT_?ALLOW/i, "refused"],
];

/** Alipay's template messages to people who subscribed; such a message needs no form id. */
export function alipayMessages(settings: AlipaySettings): PhoneNotes {
  const client = alipayClient(settings);
  return {
    async send({ to, template, page, words }) {
      const data = JSON.stringify(noteData(template, words, () => most));
      // A person from before open ids is known by a user id of sixteen digits.
      const who = /^2088\d{12}$/.test(to) ? { to_user_id: to } : { to_open_id: to };
      const biz_content = JSON.stringify({ ...who, user_template_id: template.id, page, data });
      const { ok, answer } = await client.call(METHOD, { biz_content });
      if (ok) return { sent: true };
      const code = textOf(answer.code);
      const detail = textOf(answer.sub_code) || code;
      if (code === "40005") throw new OutsideFault(SYSTEM, "busy", { detail });
      // The service cannot say whether it went out.
      if (code === "20000") throw new OutsideFault(SYSTEM, "bad-answer", { detail });
      const no =
        code === "40004" && !/TEMPLATE/i.test(detail) ? NO.find(([about]) => about.test(detail))?.[1] : undefined;
      if (no) return { no };
      throw new OutsideFault(SYSTEM, "config", { detail });
    },
  };
}
