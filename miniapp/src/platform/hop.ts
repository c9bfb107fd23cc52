import { isWeb } from "./env.ts";

/** The app in whose own browser the site was opened (from its official account): there the site can sign in by that app. */
export function hostApp(): "wechat" | "alipay" | null {
  if (!isWeb) return null;
  if (/MicroMessenger/i.test(navigator.userAgent)) return "wechat";
  return /AlipayClient/i.test(navigator.userAgent) ? "alipay" : null;
}

/** Where a real link must lead to sign in by that app; afterwards the server leads to `back`, an address of this site. */
export const hopHref = (app: "wechat" | "alipay", back: string, consent: string): string =>
  `/auth/${app}?back=${encodeURIComponent(back)}&consent=${encodeURIComponent(consent)}`;
