import { Input, Label, Picker, Textarea, View } from "@tarojs/components";
import { type ReactNode, useId } from "react";
import { isWeb, platform } from "../platform/env.ts";
import { Box } from "./box.tsx";
import { useFaulty } from "./form.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Tap } from "./tap.tsx";

type FieldWords = {
  label: string;
  hint?: string | undefined;
  /** What is wrong with it and how to right it; null when nothing is. */
  error?: string | null | undefined;
};

type Ids = { id: string; describedBy: string | undefined };

/** Ties label, hint and error to the control: by ids on the site, in one spoken name on phones. */
function FieldFrame(props: FieldWords & { typed?: boolean; draw: (named: Record<string, unknown>) => ReactNode }) {
  const id = useId();
  const { hint, error } = props;
  const part = useFaulty(Boolean(error));
  const ids: Ids = { id, describedBy: error ? `${id}e` : hint ? `${id}h` : undefined };
  const spoken = [props.label, error ?? hint].filter(Boolean).join("，");
  const named = isWeb
    ? { id: ids.id, "aria-describedby": ids.describedBy, "aria-invalid": error ? "true" : undefined }
    : { "aria-label": spoken, ...(props.typed ? { focus: part.focus, onBlur: part.onBlur } : {}) };
  const label = <Label {...(isWeb ? { for: ids.id } : {})}>{props.label}</Label>;
  return (
    <Box class="field" id={part.id}>
      <Box class="field-label">{isWeb ? label : props.label}</Box>
      {props.draw(named)}
      {hint && !error ? (
        <Box class="field-hint" id={isWeb ? `${id}h` : undefined}>
          {hint}
        </Box>
      ) : null}
      {error ? (
        <Box class="field-error" id={isWeb ? `${id}e` : undefined} role="alert">
          <Icon name="circle-alert" size="s" />
          {error}
        </Box>
      ) : null}
    </Box>
  );
}

type TextProps = FieldWords & {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "number" | "tel" | "idcard";
  maxLength?: number;
  placeholder?: string;
  /** What the browser may fill in: "tel", "name", "one-time-code". */
  autoComplete?: string;
  onDone?: () => void;
  doneWord?: "search" | "done" | "next" | "go";
  disabled?: boolean;
};

const control = (error: string | null | undefined, more = "") => `control${error ? " control-bad" : ""}${more}`;

export function TextField(props: TextProps) {
  const { type = "text", maxLength = 200 } = props;
  const phone = isWeb ? type : type === "tel" ? "number" : type;
  const site = isWeb && props.autoComplete ? { autoComplete: props.autoComplete } : {};
  return (
    <FieldFrame
      label={props.label}
      hint={props.hint}
      error={props.error}
      typed
      draw={(named) => (
        <Input
          className={control(props.error)}
          value={props.value}
          type={phone as "text"}
          maxlength={maxLength}
          placeholder={props.placeholder ?? ""}
          disabled={props.disabled ?? false}
          confirmType={props.doneWord ?? "done"}
          onInput={(event) => props.onChange(event.detail.value)}
          onConfirm={() => props.onDone?.()}
          {...named}
          {...site}
        />
      )}
    />
  );
}

type AreaProps = FieldWords & {
  value: string;
  onChange: (value: string) => void;
  maxLength?: number;
  placeholder?: string;
  /** WeChat must be told when the field stands over the page: else its keyboard covers it. */
  inSheet?: boolean;
};

export function AreaField(props: AreaProps) {
  const over = platform === "weapp" && props.inSheet ? { fixed: true } : {};
  return (
    <FieldFrame
      label={props.label}
      hint={props.hint}
      error={props.error}
      typed
      draw={(named) => (
        <Textarea
          className={control(props.error, " control-area")}
          value={props.value}
          maxlength={props.maxLength ?? 5000}
          placeholder={props.placeholder ?? ""}
          onInput={(event) => props.onChange(event.detail.value)}
          {...over}
          {...named}
        />
      )}
    />
  );
}

function Picked({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <Box class="pick">
      {children}
      <Box class="pick-mark">
        <Icon name={icon} />
      </Box>
    </Box>
  );
}

/** One of a list; -1 while nothing is chosen. */
export function PickField(props: FieldWords & { options: string[]; at: number; onChange: (at: number) => void }) {
  const chosen = props.options[props.at];
  return (
    <FieldFrame
      label={props.label}
      hint={props.hint}
      error={props.error}
      draw={(named) => (
        <Picked icon="chevron-down">
          <Picker
            className={isWeb ? control(props.error) : ""}
            mode="selector"
            range={props.options}
            value={props.at}
            onChange={(event) => props.onChange(Number(event.detail.value))}
            {...named}
          >
            <View className={control(props.error)}>{chosen ?? "请选择"}</View>
          </Picker>
        </Picked>
      )}
    />
  );
}

/** A day `yyyy-mm-dd` or a time `hh:mm`. */
export function WhenField(
  props: FieldWords & { mode: "date" | "time"; value: string; onChange: (value: string) => void },
) {
  return (
    <FieldFrame
      label={props.label}
      hint={props.hint}
      error={props.error}
      draw={(named) => (
        <Picker
          className={isWeb ? control(props.error) : ""}
          mode={props.mode as "date"}
          value={props.value}
          onChange={(event: { detail: { value: unknown } }) => props.onChange(String(event.detail.value))}
          {...named}
        >
          <View className={control(props.error)}>{props.value || "请选择"}</View>
        </Picker>
      )}
    />
  );
}

/** Yes or no, ticked by the person. `children` may hold links beside the words. */
export function Check(props: { checked: boolean; onChange: (checked: boolean) => void; label: string }) {
  return (
    <Tap
      class="check"
      role="checkbox"
      checked={props.checked}
      label={props.label}
      onTap={() => props.onChange(!props.checked)}
    >
      <Box class={`check-box${props.checked ? " check-on" : ""}`}>
        {props.checked ? <Icon name="check" size="s" /> : null}
      </Box>
      <Box class="grow">{props.label}</Box>
    </Tap>
  );
}

export type Choice<K extends string> = { key: K; word: string };

/** One of a few, each a line with its words. */
export function Radios<K extends string>(props: {
  label: string;
  choices: (Choice<K> & { under?: string })[];
  value: K | null;
  onChange: (key: K) => void;
}) {
  return (
    <Box role="radiogroup" label={props.label}>
      {props.choices.map(({ key, word, under }) => (
        <Tap
          key={key}
          class="check"
          role="radio"
          checked={props.value === key}
          label={under ? `${word}，${under}` : word}
          onTap={() => props.onChange(key)}
        >
          <Box class={`check-box check-round${props.value === key ? " check-on" : ""}`}>
            {props.value === key ? <Icon name="check" size="s" /> : null}
          </Box>
          <Box class="grow">
            <Box>{word}</Box>
            {under ? <Box class="t-small">{under}</Box> : null}
          </Box>
        </Tap>
      ))}
    </Box>
  );
}

/** Filters: one is on. In one line that scrolls sideways, wrapped in the elder edition by `wrap`. */
export function Chips<K extends string>(props: {
  label: string;
  choices: Choice<K>[];
  value: K;
  onChange: (key: K) => void;
  wrap?: boolean;
}) {
  const chips = props.choices.map(({ key, word }) => {
    const on = props.value === key;
    return (
      <Tap key={key} class={`chip${on ? " chip-on" : ""}`} role="radio" checked={on} onTap={() => props.onChange(key)}>
        {on ? <Icon name="check" size="s" /> : null}
        {word}
      </Tap>
    );
  });
  return (
    <Box role="radiogroup" label={props.label} class={props.wrap ? "wrap" : "chips-line"}>
      {props.wrap
        ? chips.map((chip) => (
            <Box key={chip.key} class="wrap-in">
              {chip}
            </Box>
          ))
        : chips}
    </Box>
  );
}
