import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { ConsentCheck } from "../../ui/consent-check.tsx";
import { Form, useForm } from "../../ui/form.tsx";

export type Consent = {
  version: string;
  agreed: boolean;
  missing: boolean;
  /** How often it was missing. */
  tries: number;
  set: (agreed: boolean) => void;
  /** True when agreed; otherwise the check says that it is missing, and nothing may be collected. */
  given: () => boolean;
};

/** The consent to the privacy text of now. `before`: it was given earlier and need not be asked again. */
export function useConsent(before = false): Consent {
  const about = useAsk("site.about", {}, { keep: true });
  const [agreed, setAgreed] = useState(false);
  const [missing, setMissing] = useState(false);
  const { tries, refuse } = useForm();
  const set = (next: boolean) => {
    setAgreed(next);
    setMissing(false);
  };
  const given = () => {
    setMissing(!agreed && !before);
    if (!agreed && !before) refuse();
    return agreed || before;
  };
  return {
    version: about.data?.privacyVersion ?? privacyVersion,
    agreed: agreed || before,
    missing,
    tries,
    set,
    given,
  };
}

export function PrivacyConsent({ consent }: { consent: Consent }) {
  return (
    <Form tries={consent.tries}>
      <ConsentCheck
        words="我已阅读并同意《隐私保护说明》"
        read={{ words: "看《隐私保护说明》", to: to("document", { name: "privacy" }) }}
        checked={consent.agreed}
        onChange={consent.set}
        error={consent.missing ? "请先看说明；同意的话，请在上面打勾" : null}
      />
    </Form>
  );
}
