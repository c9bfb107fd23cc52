import { noteBook, valuesIn } from "./notes.ts";

export const NOTES = "alipay.open.app.mini.templatemessage.send";

const fields = ["keyword1", "keyword2", "keyword3", "keyword4"];
const templates = [
  { id: "aliDemoProgress00000000000000000", name: "办理进度提醒", fields },
  { id: "aliDemoDuty000000000000000000000", name: "待办事项提醒", fields },
] as const;

const objectIn = (text: unknown): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** Alipay's template messages to people who subscribed. */
export function alipayNotes(lenient: boolean) {
  const book = noteBook(templates, lenient);
  return {
    control: book.control,
    env: { ALIPAY_TEMPLATE_PROGRESS: templates[0].id, ALIPAY_TEMPLATE_DUTY: templates[1].id },
    /** The sub code of a refusal (40004), or null when the phone shows it. */
    answer(biz: string): string | null {
      const asked = objectIn(biz);
      const to = asked["to_open_id"] ?? asked["to_user_id"];
      const template = book.template(asked["user_template_id"]);
      if (!template) return "USER_TEMPLATE_ILLEGAL";
      if (typeof to !== "string" || to === "" || /unknown/i.test(to)) return "USER_NOT_EXIST";
      const read = valuesIn(objectIn(asked["data"]), template.fields, () => 50);
      if ("wrong" in read) return "TEMPLATE_DATA_ILLEGAL";
      const page = typeof asked["page"] === "string" ? asked["page"] : "";
      const note = { way: "支付宝" as const, to, template: template.id, page, values: read.values, at: Date.now() };
      return book.show(note) ? null : "USER_NOT_SUBSCRIBE";
    },
  };
}
