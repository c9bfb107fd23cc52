import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { Box } from "../../ui/box.tsx";
import { Check } from "../../ui/field.tsx";
import { FaultNote } from "../../ui/states.tsx";

/** Keeps strangers from commenting on what I post. */
export function KnownOnly() {
  const settings = useAsk("circle.settings", {});
  const change = useAct("circle.setSettings");
  const [chosen, setChosen] = useState<boolean | null>(null);
  const known = chosen ?? settings.data?.knownOnly ?? null;
  if (known === null) return null;
  const set = async (knownOnly: boolean) => {
    setChosen(knownOnly);
    if (!(await change.run({ knownOnly }))) setChosen(null);
  };
  return (
    <Box>
      <Check checked={known} onChange={(next) => void set(next)} label="只让熟悉的人评论我发的" />
      <Box class="t-small">打开以后，只有您回复过、点过赞的人和村干部能评论</Box>
      <FaultNote fault={change.fault} />
    </Box>
  );
}
