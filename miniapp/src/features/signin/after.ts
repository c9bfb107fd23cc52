import { finish, go, openAnew, to } from "../../platform/navigate.ts";
import { setConsent, signedIn } from "../../session.ts";
import type { SignedIn } from "../../wire.ts";

/** What is still needed: a phone, a second factor for staff. */
function stillNeeded({ needs, me }: SignedIn) {
  if (needs === "phone") return to("phone");
  return me.roles.length > 0 && !me.strong ? to("second") : null;
}

/** Keeps the session, then goes on: to what is still needed, else back; home when somebody else was here before. */
export function afterSignIn(answer: SignedIn, consent: string): void {
  const other = signedIn(answer);
  setConsent(consent);
  const next = stillNeeded(answer);
  if (other) openAnew(next ?? to("home"));
  else if (next) go(next, "replace");
  else finish();
}
