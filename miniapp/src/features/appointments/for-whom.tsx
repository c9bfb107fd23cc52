import { useMemo, useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Section, Stack } from "../../ui/card.tsx";
import { Radios } from "../../ui/field.tsx";
import type { Me } from "../../wire.ts";

const self = "self";

/** For whom a place is taken: oneself, or somebody who agreed to it. `nobody`: there is none of them yet. */
export function useBehalf(me: Me) {
  const mine = useAsk(
    "mandates.mine",
    useMemo(() => ({}), []),
    { freshMs: 0 },
  );
  const known = me.villages.some(({ verification }) => verification === "verified");
  const held = mine.data?.held ?? [];
  const choices = [
    ...(known ? [{ key: self, word: "我自己" }] : []),
    ...held.flatMap(({ id, state, name, regionName, scopes }) =>
      state === "standing" && scopes.includes("appointments") ? [{ key: id, word: name, under: regionName }] : [],
    ),
  ];
  const [chosen, setChosen] = useState<string | null>(null);
  const value = choices.some(({ key }) => key === chosen) ? chosen : (choices[0]?.key ?? null);
  return {
    choices,
    value,
    choose: setChosen,
    nobody: choices.length === 0,
    mandate: value === self ? null : value,
    name: value === self ? null : (choices.find(({ key }) => key === value)?.word ?? null),
  };
}

export function ForWhom({ behalf }: { behalf: ReturnType<typeof useBehalf> }) {
  return (
    <Section title="给谁约">
      <Stack gap={3}>
        <Radios label="给谁约" choices={behalf.choices} value={behalf.value} onChange={behalf.choose} />
        <Button small kind="plain" icon="plus" to={to("family")}>
          替别的家人约
        </Button>
      </Stack>
    </Section>
  );
}
