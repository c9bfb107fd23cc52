import { BuiltIn, fire, raw, rawText, yes } from "./base.ts";

export class ScrollView extends BuiltIn {
  static observedAttributes = ["scroll-y", "scroll-x", "scroll-top", "scroll-into-view"];
  #top = "";
  #into = "";

  override setUp(): void {
    this.addEventListener("scroll", (event) => {
      if (event instanceof CustomEvent) return;
      event.stopPropagation();
      const { scrollTop, scrollLeft, scrollHeight, clientHeight } = this;
      fire(this, "scroll", { scrollTop, scrollLeft, scrollHeight });
      const threshold = Number(raw(this, "lower-threshold")) || 50;
      if (scrollHeight - scrollTop - clientHeight < threshold) fire(this, "scrolltolower", { direction: "bottom" });
    });
  }
  override sync(): void {
    this.style.overflowY = yes(raw(this, "scroll-y")) ? "auto" : "hidden";
    this.style.overflowX = yes(raw(this, "scroll-x")) ? "auto" : "hidden";
    const top = rawText(this, "scroll-top");
    if (top !== "" && top !== this.#top) this.scrollTop = Number(top);
    this.#top = top;
    const into = rawText(this, "scroll-into-view");
    if (into !== "" && into !== this.#into) this.querySelector(`#${CSS.escape(into)}`)?.scrollIntoView?.();
    this.#into = into;
  }
}

export class Swiper extends BuiltIn {
  static observedAttributes = ["current"];
  override sync(): void {
    this.#show(Number(raw(this, "current")) || 0);
  }
  override choose(value: unknown): void {
    const current = Number(value);
    this.#show(current);
    fire(this, "change", { current, source: "touch" });
  }
  #show(current: number): void {
    [...this.querySelectorAll<HTMLElement>("wx-swiper-item")].forEach((item, i) => {
      item.style.display = i === current ? "block" : "none";
    });
  }
}

export class Form extends BuiltIn {
  submit(): void {
    const value: Record<string, unknown> = {};
    for (const control of this.querySelectorAll("[name]")) {
      const name = rawText(control, "name");
      if (name !== "" && control instanceof BuiltIn) value[name] = control.formValue();
    }
    fire(this, "submit", { value });
  }
  reset(): void {
    fire(this, "reset", {});
  }
}

/** picker and slider: the person's choice comes from `choose`. */
export class Chooser extends BuiltIn {
  override choose(value: unknown): void {
    if (yes(raw(this, "disabled"))) throw new Error(`<${this.localName}> is disabled`);
    fire(this, "change", { value });
  }
}
