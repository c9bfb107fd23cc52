/** The raw value of an attribute: templates give built-in components numbers, booleans and objects, not only strings. */
export function raw(element: Element, name: string): unknown {
  const node: unknown = Reflect.get(element, "__wxElement");
  const attributes: unknown = typeof node === "object" && node !== null ? Reflect.get(node, "_$nodeAttributes") : null;
  return typeof attributes === "object" && attributes !== null ? Reflect.get(attributes, name) : undefined;
}

export const rawText = (element: Element, name: string): string => {
  const value = raw(element, name);
  return value === undefined || value === null ? "" : String(value);
};

/** Attribute values that mean yes: true, numbers but 0, texts but "" and "false". */
export const yes = (value: unknown): boolean =>
  value === true ||
  (typeof value === "string" && value !== "" && value !== "false") ||
  (typeof value === "number" && value !== 0);

/** Component events do not bubble; pointer events do. */
export function fire(element: Element, type: string, detail: unknown, bubbles = false): void {
  element.dispatchEvent(new CustomEvent(type, { detail, bubbles, composed: bubbles }));
}

/** The nearest built-in component of that kind around an element. */
export function around(element: Element, kind: string): Element | null {
  return element.parentElement?.closest(`wx-${kind}`) ?? null;
}

/** A built-in component. `setUp` runs once when it is first shown, `sync` whenever an attribute may have changed. */
export class BuiltIn extends HTMLElement {
  #ready = false;

  connectedCallback(): void {
    if (!this.#ready) {
      this.#ready = true;
      this.setUp();
    }
    this.sync();
  }
  attributeChangedCallback(): void {
    if (this.#ready) this.sync();
  }
  // `false` and `undefined` arrive as a removal, also of an attribute that was never there: no callback fires then.
  override removeAttribute(name: string): void {
    super.removeAttribute(name);
    if (this.#ready) this.sync();
  }

  setUp(): void {}
  sync(): void {}
  /** What a person picks where there is a native sheet or a gesture: picker, slider, swiper. */
  choose(_value: unknown): void {
    throw new Error(`<${this.localName}> offers nothing to choose`);
  }
  /** The value this control adds to its form. */
  formValue(): unknown {
    return raw(this, "value");
  }
}
