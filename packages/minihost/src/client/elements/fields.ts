import { BuiltIn, fire, raw, rawText, yes } from "./base.ts";

const OBSERVED = ["value", "placeholder", "disabled", "maxlength", "password", "type", "focus"];

/** input and textarea: a native field inside, whose events are told in the platform's words. */
export class Field extends BuiltIn {
  static observedAttributes = OBSERVED;
  readonly field: HTMLInputElement | HTMLTextAreaElement = document.createElement("input");
  #given: unknown;
  #focused = false;

  override setUp(): void {
    this.field.className = "wx-native";
    this.appendChild(this.field);
    for (const type of ["input", "focus", "blur", "change"]) {
      this.field.addEventListener(type, (event) => {
        event.stopPropagation();
        if (type !== "change") fire(this, type, { value: this.field.value, cursor: this.field.selectionStart ?? 0 });
      });
    }
    this.field.addEventListener("keydown", (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== "Enter") return;
      event.stopPropagation();
      if (this.field instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      fire(this, "confirm", { value: this.field.value });
    });
  }

  override sync(): void {
    const { field } = this;
    const value = raw(this, "value");
    // Only a new value from the page overwrites what was typed: that is how the platforms do it.
    if (value !== undefined && value !== null && value !== this.#given) {
      this.#given = value;
      if (field.value !== String(value)) field.value = String(value);
    }
    field.placeholder = rawText(this, "placeholder");
    field.disabled = yes(raw(this, "disabled"));
    const longest = Number(raw(this, "maxlength") ?? 140);
    if (longest >= 0) field.maxLength = longest;
    else field.removeAttribute("maxlength");
    if (field instanceof HTMLInputElement) field.type = this.#inputType();
    const focus = yes(raw(this, "focus"));
    if (focus && !this.#focused) field.focus();
    this.#focused = focus;
  }

  override formValue(): unknown {
    return this.field.value;
  }

  #inputType(): string {
    if (yes(raw(this, "password"))) return "password";
    return ["number", "digit", "idcard"].includes(rawText(this, "type")) ? "tel" : "text";
  }
}

export class TextArea extends Field {
  override readonly field = document.createElement("textarea");
}
