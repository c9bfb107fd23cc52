import Taro from "@tarojs/taro";

/** The one place of the sample that asks which platform it runs on. */
export const isAlipay = process.env.TARO_ENV === "alipay";

interface Native {
  tradePay(options: { tradeNO: string }): Promise<{ resultCode: string }>;
  getPhoneNumber(options: object): Promise<{ response: string }>;
}
declare const my: Native;

type Answer = (agreed: boolean) => void;
interface WechatPrivacy {
  onNeedPrivacyAuthorization(
    listener: (resolve: (answer: { event: "agree" | "disagree"; buttonId?: string }) => void) => void,
  ): void;
}
declare const wx: WechatPrivacy;

/** WeChat: asks with the app's own pop-up before personal data is touched; `buttonId` is the button to agree with. */
export function askPrivacyWith(buttonId: string, listener: (answer: Answer) => void): void {
  wx.onNeedPrivacyAuthorization((resolve) =>
    listener((agreed) => resolve(agreed ? { event: "agree", buttonId } : { event: "disagree" })),
  );
}

interface Order {
  tradeNO: string;
  pay: { timeStamp: string; nonceStr: string; package: string; signType: "RSA"; paySign: string };
}

/** Pays an order; throws with the platform's own word when it did not go through. */
export async function pay(order: Order): Promise<void> {
  if (!isAlipay) {
    await Taro.requestPayment(order.pay);
    return;
  }
  const { resultCode } = await my.tradePay({ tradeNO: order.tradeNO });
  if (resultCode !== "9000") throw new Error(`pay ${resultCode}`);
}

/** Reads the encrypted phone number after the person allowed it (Alipay only; WeChat answers in the button's event). */
export async function alipayPhone(): Promise<string> {
  const answer = await my.getPhoneNumber({});
  const { response, sign } = JSON.parse(answer.response) as { response: string; sign: string };
  return `${response}/${sign}`;
}

/** The sentence in whatever a platform API failed with. */
export function reason(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { errMsg, errorMessage, message } = error as { errMsg?: string; errorMessage?: string; message?: string };
  return errMsg ?? errorMessage ?? message ?? "unknown";
}
