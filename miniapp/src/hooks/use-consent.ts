import type { TemplateName } from "@weimenhu/domain/messages/kinds";
import { useCallback, useState } from "react";
import { isWeb } from "../platform/env.ts";
import { newKey } from "../platform/id.ts";
import { askConsent } from "../platform/subscribe.ts";
import { act } from "../rpc.ts";
import { useSession } from "../session.ts";
import { outdate } from "./kept.ts";
import { useAsk } from "./use-ask.ts";

export type AskingConsent = {
  /** Is there something to ask for here? Never on the site, nor where the county has registered no template. */
  offered: boolean;
  /** What the person said last on this page. */
  said: "yes" | "no" | null;
  /** Of how many messages the phone may still ring for each of these, the fewest. */
  left: number;
  /** Brings up the phone's own sheet. Straight from a tap, right after something that the person waits for an answer to. */
  ask: () => Promise<boolean>;
};

/** Asks the person whether the phone may ring for these things: each yes is one message. */
export function useConsent(kinds: readonly TemplateName[]): AskingConsent {
  const { me } = useSession();
  const [said, setSaid] = useState<"yes" | "no" | null>(null);
  const known = useAsk("messages.templates", isWeb || me === null ? null : {}, { freshMs: 60_000 });
  const wanted = (known.data?.items ?? []).filter(({ name }) => kinds.includes(name));
  const left = Math.min(...wanted.map((one) => one.left ?? 0));
  const ids = wanted.map(({ id }) => id).join(" ");

  const ask = useCallback(async () => {
    const answers = await askConsent(ids === "" ? [] : ids.split(" "));
    const nameOf = (id: string) => known.data?.items.find((one) => one.id === id)?.name;
    const told = answers.flatMap(({ id, answer }) => {
      const template = nameOf(id);
      return template === undefined ? [] : [{ template, answer }];
    });
    const yes = told.some(({ answer }) => answer === "accept");
    setSaid(yes ? "yes" : "no");
    // Counting is the server's; a phone without a network loses one ring, and the inbox has the message all the same.
    if (told.length > 0) {
      await act("messages.consented", { key: newKey(), answers: told }).then(
        () => outdate("messages.templates"),
        (fault: unknown) => console.warn("the consent was not counted", fault),
      );
    }
    return yes;
  }, [ids, known.data]);

  return { offered: ids !== "", said, left, ask };
}
