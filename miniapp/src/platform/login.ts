import Taro from "@tarojs/taro";
import { platform } from "./env.ts";

/** How a person signs in here: by the platform's own account, or by phone number and code. */
export const signsInWith = platform === "weapp" ? "wechat" : platform === "alipay" ? "alipay" : "code";

/** The platform's one-time login code. Not for the site. */
export async function loginCode(): Promise<string> {
  if (PLATFORM === "h5") {
    throw new Error("the site has no platform login");
  } else if (PLATFORM === "weapp") {
    return (await Taro.login()).code;
  } else {
    const answer = await promised<{ authCode: string }>((way) => alipay().getAuthCode({ scopes: "auth_base", ...way }));
    return answer.authCode;
  }
}

/** The sealed phone number of Alipay's own sheet, after the person allowed it by the button. */
export async function alipayPhone(): Promise<{ response: string; sign: string }> {
  const answer = await promised<{ response: string }>((way) => alipay().getPhoneNumber(way));
  const sealed: unknown = JSON.parse(answer.response);
  if (!isSealed(sealed)) throw new Error("getPhoneNumber gave no sealed answer");
  return sealed;
}

const isSealed = (value: unknown): value is { response: string; sign: string } =>
  typeof value === "object" &&
  value !== null &&
  "response" in value &&
  typeof value.response === "string" &&
  "sign" in value &&
  typeof value.sign === "string";

type Way<T> = { success(answer: T): void; fail(fault: { errorMessage?: string }): void };
type My = {
  getAuthCode(options: { scopes: string } & Way<{ authCode: string }>): void;
  getPhoneNumber(options: Way<{ response: string }>): void;
};
declare const my: My;
const alipay = (): My => my;

function promised<T>(start: (way: Way<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start({ success: resolve, fail: (fault) => reject(new Error(fault.errorMessage ?? "the platform said no")) });
  });
}
