import type { Target } from "../platform/navigate.ts";
import { Box } from "./box.tsx";
import { Check } from "./field.tsx";
import { FormPart } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Tap } from "./tap.tsx";

/** A consent that the person ticks themselves, never ticked before; the text it speaks of is one tap away. */
export function ConsentCheck(props: {
  words: string;
  read: { words: string; to: Target };
  checked: boolean;
  onChange: (checked: boolean) => void;
  error?: string | null;
}) {
  return (
    <FormPart wrong={Boolean(props.error)}>
      <Check checked={props.checked} onChange={props.onChange} label={props.words} />
      {props.error ? (
        <Box class="field-error" role="alert">
          <Icon name="circle-alert" size="s" />
          {props.error}
        </Box>
      ) : null}
      <Tap class="textlink" to={props.read.to}>
        {props.read.words}
        <Icon name="chevron-right" size="s" />
      </Tap>
    </FormPart>
  );
}
