import type { Answers, Platform } from "./types.ts";

/** A 1×1 PNG. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** A person who says yes to everything, and a vendor whose services work. */
export function friendlyAnswers(platform: Platform): Answers {
  let logins = 0;
  return {
    login: () => ({ code: `code-${platform}-${++logins}` }),
    phone: () =>
      platform === "weapp" ? { code: "phone-code" } : { response: "encrypted-phone", sign: "signature-of-phone" },
    pay: () => "paid",
    scan: () => "https://mini.test/scanned",
    images: () => [{ name: "photo.png", bytes: Buffer.from(PIXEL, "base64"), type: "image", width: 1, height: 1 }],
    subscribe: (templates) => Object.fromEntries(templates.map((template) => [template, "accept" as const])),
    confirm: () => true,
    actionSheet: () => 0,
    privacy: () => true,
    location: () => ({ latitude: 0, longitude: 0 }),
    calendar: () => true,
    settings: (shown) => Object.fromEntries(Object.keys(shown).map((scope) => [scope, true])),
  };
}
