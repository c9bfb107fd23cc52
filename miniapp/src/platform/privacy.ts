import { platform } from "./env.ts";

/**
 * WeChat asks for consent before its privacy-relevant calls (photos, phone number). The app registers one listener;
 * it shows our sheet, and the person's answer lets the waiting call go on or fail.
 */
export type PrivacyAnswer = (agreed: boolean, buttonId?: string) => void;

type Wx = {
  onNeedPrivacyAuthorization?(
    listen: (resolve: (answer: { event: "agree" | "disagree"; buttonId?: string }) => void) => void,
  ): void;
  openPrivacyContract?(options: object): void;
};
declare const wx: Wx;

export function onPrivacyAsked(listener: (answer: PrivacyAnswer) => void): void {
  if (platform !== "weapp") return;
  wx.onNeedPrivacyAuthorization?.((resolve) => {
    listener((agreed, buttonId) =>
      resolve(agreed ? { event: "agree", ...(buttonId ? { buttonId } : {}) } : { event: "disagree" }),
    );
  });
}
