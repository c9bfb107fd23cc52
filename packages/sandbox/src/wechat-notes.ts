import type { FastifyInstance, FastifyReply } from "fastify";
import { type NotesControl, noteBook, valuesIn } from "./notes.ts";
import { field } from "./serve.ts";

type Setting = {
  lenient: boolean;
  gate(url: string, query: unknown): number | undefined;
  error(reply: FastifyReply, errcode: number): FastifyReply;
};

const fields = ["thing1", "thing2", "phrase3", "time4"];
const templates = [
  { id: "WxDemoProgress0000000000000000000000000000", name: "办理进度提醒", fields },
  { id: "WxDemoDuty000000000000000000000000000000000", name: "待办事项提醒", fields },
] as const;
const most: [RegExp, number][] = [
  [/^thing/, 20],
  [/^phrase/, 5],
];
const editions = ["developer", "trial", "formal"];

/** WeChat's `subscribe/send`: a message for each time that a person allowed it. */
export function wechatNotes(app: FastifyInstance, { lenient, gate, error }: Setting) {
  const book = noteBook(templates, lenient);

  app.post("/cgi-bin/message/subscribe/send", async (request, reply) => {
    const fault = gate(request.url, request.query);
    if (fault) return error(reply, fault);
    const of = (name: string) => field(request.body, name);
    const template = book.template(of("template_id"));
    if (!template) return error(reply, 40037);
    if (!/^o[\w-]{3,}$/.test(of("touser"))) return error(reply, 40003);
    const state = of("miniprogram_state");
    if (state !== "" && !editions.includes(state)) return error(reply, 47001);
    if (/^(\/|https?:)/.test(of("page"))) return error(reply, 41030);
    const { data } = request.body as { data?: unknown };
    const read = valuesIn(data, template.fields, (name) => most.find(([kind]) => kind.test(name))?.[1] ?? 32);
    if ("wrong" in read || !/^\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d$/.test(read.values["time4"] ?? ""))
      return error(reply, 47003);
    const note = { way: "微信" as const, to: of("touser"), template: template.id, page: of("page"), at: Date.now() };
    if (!book.show({ ...note, values: read.values })) return error(reply, 43101);
    return reply.send({ errcode: 0, errmsg: "ok", msgid: Date.now() });
  });

  const env = { WECHAT_TEMPLATE_PROGRESS: templates[0].id, WECHAT_TEMPLATE_DUTY: templates[1].id };
  return { env, control: book.control satisfies NotesControl };
}
