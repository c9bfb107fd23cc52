import { finish, go, to } from "../../platform/navigate.ts";
import { setConsent, signedIn } from "../../session.ts";
import type { SignedIn } from "../../wire.ts";

/** Keeps the session, then goes on: to what is still needed (a phone, a second factor for staff), else back. */
export function afterSignIn(answer: SignedIn, consent: string): void {
  signedIn(answer);
  setConsent(consent);
  if (answer.needs === "phone") go(to("phone"), "replace");
  else if (answer.me.roles.length > 0 && !answer.me.strong) go(to("second"), "replace");
  else finish();
}
