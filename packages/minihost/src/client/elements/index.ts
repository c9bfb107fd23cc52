import { BuiltIn } from "./base.ts";
import { Button } from "./button.ts";
import { Chooser, Form, ScrollView, Swiper } from "./containers.ts";
import { Field, TextArea } from "./fields.ts";
import { Image, RichText } from "./media.ts";
import { Checkbox, CheckboxGroup, Label, Radio, RadioGroup, Switch } from "./toggles.ts";

const ELEMENTS: Record<string, typeof BuiltIn> = {
  input: Field,
  textarea: TextArea,
  switch: Switch,
  checkbox: Checkbox,
  radio: Radio,
  "checkbox-group": CheckboxGroup,
  "radio-group": RadioGroup,
  label: Label,
  "scroll-view": ScrollView,
  swiper: Swiper,
  form: Form,
  picker: class extends Chooser {},
  slider: class extends Chooser {},
  image: Image,
  "rich-text": RichText,
  button: Button,
};

/** Registers the built-in components that do something by themselves; the others are plain boxes. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(`wx-${name}`, element);
}
