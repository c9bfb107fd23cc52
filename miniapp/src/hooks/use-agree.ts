import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { create } from "zustand";
import type { Fault } from "../fault.ts";
import { sendAgreed } from "../sending.ts";
import { refreshMe, setConsent, useSession } from "../session.ts";
import { useAct } from "./use-act.ts";
import { useAsk } from "./use-ask.ts";

/** Put off until the app is opened again: for whom. */
const usePutOff = create<{ by: string | null }>(() => ({ by: null }));

export type Agreeing = {
  /** Somebody is here who agreed to an earlier privacy text only. */
  wanted: boolean;
  putOff: boolean;
  later: () => void;
  /** What is new, in one line; empty when that is not known. */
  news: string;
  /** Agrees to the text of now; false when that did not arrive (then `fault` says why). */
  agree: () => Promise<boolean>;
  busy: boolean;
  fault: Fault | null;
};

/** A newer privacy text for somebody who is signed in: nothing new is kept of them before they agree to it. */
export function useAgree(): Agreeing {
  const me = useSession((session) => session.me);
  const by = usePutOff((state) => state.by);
  const wanted = me !== null && !me.consented;
  const about = useAsk("site.about", wanted ? {} : null, { keep: true });
  const act = useAct("account.consent");
  const version = about.data?.privacyVersion ?? privacyVersion;
  const agree = async () => {
    if (!(await act.run({ version }))) return false;
    setConsent(version);
    await refreshMe();
    sendAgreed();
    return true;
  };
  return {
    wanted,
    putOff: by !== null && by === me?.id,
    later: () => usePutOff.setState({ by: me?.id ?? null }),
    news: about.data?.privacyNews ?? "",
    agree,
    busy: act.busy,
    fault: act.fault,
  };
}
