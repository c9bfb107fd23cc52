import { templates as templateNames } from "@weimenhu/domain/messages/kinds";
import type { Config } from "../../kernel/config.ts";
import type { MessagesDeps, Outside } from "./deps.ts";

type Names = `${"WECHAT" | "ALIPAY"}_TEMPLATE_${"PROGRESS" | "DUTY"}`;

export const messageTemplates = (config: Pick<Config, Names>): MessagesDeps["templates"] => ({
  weapp: { progress: config.WECHAT_TEMPLATE_PROGRESS, duty: config.WECHAT_TEMPLATE_DUTY },
  alipay: { progress: config.ALIPAY_TEMPLATE_PROGRESS, duty: config.ALIPAY_TEMPLATE_DUTY },
});

/** By which ways the county sends no messages, for whoever looks at the health of the site: `weapp duty`. */
export function waysOff({ templates }: MessagesDeps, outside: Outside): string[] {
  const off = (["weapp", "alipay"] as const).flatMap((channel) =>
    templateNames
      .filter((name) => outside[channel] === null || templates[channel][name] === null)
      .map((name) => `${channel} ${name}`),
  );
  return outside.sms === null ? [...off, "sms duty"] : off;
}
