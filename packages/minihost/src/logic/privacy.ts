import type { Phone } from "../phone.ts";
import { bag } from "../values.ts";

/** APIs of WeChat that touch personal data, so the person must first have agreed to the privacy text. */
export const GATED = new Set([
  "chooseImage",
  "chooseMedia",
  "chooseMessageFile",
  "getLocation",
  "getClipboardData",
  "setClipboardData",
  "saveImageToPhotosAlbum",
  "addPhoneCalendar",
  "requirePrivacyAuthorize",
]);

/**
 * Asks for agreement when it is still needed. An app that listens to `onNeedPrivacyAuthorization` draws its own pop-up
 * and calls `resolve`; otherwise WeChat's own pop-up is answered by `on.privacy`.
 */
export async function requirePrivacy(phone: Phone, api: string): Promise<void> {
  if (!phone.privacyNeeded) return;
  const listeners = phone.listeners.of("NeedPrivacyAuthorization");
  const agreed = listeners.length > 0 ? await phone.activity.pause(askApp(phone, api)) : await phone.answers.privacy();
  if (!agreed) throw new Error("privacy permission is not authorized");
  phone.privacyNeeded = false;
}

/** WeChat believes an "agree" only of a button with `open-type="agreePrivacyAuthorization"` that was tapped before. */
function askApp(phone: Phone, referrer: string): Promise<boolean> {
  return new Promise((answer) => {
    const resolve = (given: unknown) => {
      const { event, buttonId } = bag(given);
      if (event === "agree") {
        const tapped = phone.agreeButtons.has(String(buttonId));
        if (!tapped) phone.fail(`privacy: "agree" by button "${String(buttonId)}", which was not tapped to agree`);
        answer(tapped);
      }
      if (event === "disagree") answer(false);
    };
    const detail = phone.realm.adopt({ referrer });
    for (const callback of phone.listeners.of("NeedPrivacyAuthorization")) phone.guard(() => callback(resolve, detail));
  });
}
