import { platform } from "./env.ts";

/** Gives the person's answer to WeChat: the waiting call goes on, or fails. */
export type PrivacyAnswer = (agreed: boolean, buttonId?: string) => void;

type Wx = {
  onNeedPrivacyAuthorization?(
    listen: (resolve: (answer: { event: "agree" | "disagree"; buttonId?: string }) => void) => void,
  ): void;
  openPrivacyContract?(options: object): void;
};
declare const wx: Wx;

type Listener = (answer: PrivacyAnswer) => void;
let front: Listener | null = null;

/**
 * WeChat asks for consent before its privacy-relevant calls (photos, phone number), and hears only the listener that was
 * registered last. So there is one for the whole app, and the page in front shows the sheet.
 */
export function watchPrivacy(): void {
  if (platform !== "weapp") return;
  wx.onNeedPrivacyAuthorization?.((resolve) => {
    const answer: PrivacyAnswer = (agreed, buttonId) =>
      resolve(agreed ? { event: "agree", ...(buttonId ? { buttonId } : {}) } : { event: "disagree" });
    // Without a page that could ask, the call must not wait for ever.
    if (front) front(answer);
    else answer(false);
  });
}

/** The page in front is asked from now on. */
export function askHere(listener: Listener): void {
  front = listener;
}

/** A page that is gone asks no more; the one that came in front before that stays. */
export function askHereNoMore(listener: Listener): void {
  if (front === listener) front = null;
}
