import { send } from "../wire.ts";
import { around, BuiltIn, fire, raw, rawText, yes } from "./base.ts";
import { Form } from "./containers.ts";

const waiting = new Map<number, Button>();
let tickets = 0;

export class Button extends BuiltIn {
  static observedAttributes = ["disabled", "loading"];

  override setUp(): void {
    this.addEventListener("click", () => {
      if (yes(raw(this, "disabled"))) return;
      this.#submit();
      this.#openType();
    });
  }
  override sync(): void {
    this.toggleAttribute("data-disabled", yes(raw(this, "disabled")));
  }

  #submit(): void {
    const kind = rawText(this, "form-type");
    const form = kind === "" ? null : around(this, "form");
    if (!(form instanceof Form)) return;
    if (kind === "submit") form.submit();
    if (kind === "reset") form.reset();
  }

  #openType(): void {
    const openType = rawText(this, "open-type");
    if (openType === "") return;
    const page = Number(this.closest("[data-page]")?.getAttribute("data-page"));
    const ticket = ++tickets;
    waiting.set(ticket, this);
    const target = { id: this.id, dataset: { ...this.dataset } };
    send({ kind: "open-type", page, ticket, openType, scope: rawText(this, "scope"), target });
  }
}

/** The platform's answer to a tap on a button with an open-type. */
export function resolveOpenType(ticket: number, events: Array<{ type: string; detail: unknown }>): void {
  const button = waiting.get(ticket);
  waiting.delete(ticket);
  for (const { type, detail } of button?.isConnected ? events : []) if (button) fire(button, type, detail);
}

/** A disabled button produces no tap on a phone, on either platform. */
export function muteDisabledButtons(): void {
  for (const type of ["touchstart", "mousedown", "tap"]) {
    document.addEventListener(
      type,
      (event) => {
        if (event.target instanceof Element && event.target.closest("wx-button[data-disabled]"))
          event.stopPropagation();
      },
      true,
    );
  }
}
