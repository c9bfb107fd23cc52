import { around, BuiltIn, fire, raw, yes } from "./base.ts";

/** switch, checkbox and radio. */
class Toggle extends BuiltIn {
  static observedAttributes = ["checked", "disabled", "value"];
  on = false;
  #given: boolean | undefined;

  override setUp(): void {
    this.addEventListener("click", () => {
      if (!yes(raw(this, "disabled"))) this.flip();
    });
  }
  override sync(): void {
    const checked = yes(raw(this, "checked"));
    if (checked === this.#given) return;
    this.#given = checked;
    this.show(checked);
  }
  show(on: boolean): void {
    this.on = on;
    this.toggleAttribute("data-on", on);
  }
  flip(): void {}
  override formValue(): unknown {
    return this.on;
  }
}

export class Switch extends Toggle {
  override flip(): void {
    this.show(!this.on);
    fire(this, "change", { value: this.on });
  }
}

export class Checkbox extends Toggle {
  override flip(): void {
    this.show(!this.on);
    const group = around(this, "checkbox-group");
    if (group) fire(group, "change", { value: checkedValues(group) });
    else fire(this, "change", { value: this.on });
  }
}

export class Radio extends Toggle {
  override flip(): void {
    if (this.on) return;
    const group = around(this, "radio-group");
    for (const radio of group?.querySelectorAll("wx-radio") ?? [])
      if (radio instanceof Radio) radio.show(radio === this);
    this.show(true);
    fire(group ?? this, "change", { value: raw(this, "value") });
  }
}

export class CheckboxGroup extends BuiltIn {
  override formValue(): unknown {
    return checkedValues(this);
  }
}

export class RadioGroup extends BuiltIn {
  override formValue(): unknown {
    for (const radio of this.querySelectorAll("wx-radio"))
      if (radio instanceof Radio && radio.on) return raw(radio, "value");
    return "";
  }
}

/** A tap on a label is a tap on its control, unless it already hit one. */
export class Label extends BuiltIn {
  override setUp(): void {
    this.addEventListener("click", (event) => {
      const hit =
        event.target instanceof Element
          ? event.target.closest("wx-checkbox,wx-radio,wx-switch,wx-button,wx-input,wx-textarea")
          : null;
      if (hit && this.contains(hit)) return;
      const named = raw(this, "for");
      const control = named
        ? document.getElementById(String(named))
        : this.querySelector("wx-checkbox,wx-radio,wx-switch,wx-button");
      if (control instanceof HTMLElement) control.click();
    });
  }
}

function checkedValues(group: Element): unknown[] {
  return [...group.querySelectorAll("wx-checkbox")]
    .filter((box) => box instanceof Checkbox && box.on)
    .map((box) => raw(box, "value"));
}
