import { Script } from "node:vm";
import { JSDOM } from "jsdom";
import { VIEW_CALL, VIEW_EMIT, type ViewMessage, type WireSelector } from "../client/protocol.ts";
import { bag, isCallable } from "../values.ts";
import { clientBundle } from "./client-bundle.ts";
import type { View, ViewEvents } from "./driver.ts";

/** Fast, and without layout: taps land on the element itself, nothing is ever covered, every rectangle is zero. */
export function jsdomView({ width = 390, height = 844 }: { width?: number; height?: number } = {}): View {
  return new JsdomView(width, height);
}

/** The view thread's program, parsed once for all windows. */
let program: Script | undefined;

class JsdomView implements View {
  readonly name = "jsdom";
  readonly width: number;
  readonly height: number;
  #dom: JSDOM | undefined;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  async start(_dist: string, events: ViewEvents): Promise<void> {
    const script = await clientBundle();
    const page = "<!doctype html><html><head></head><body></body></html>";
    const dom = new JSDOM(page, { url: "http://mini.test/", runScripts: "outside-only", pretendToBeVisual: true });
    this.#dom = dom;
    Reflect.set(dom.window, "scrollTo", (_x: number, y: number) => {
      Reflect.set(dom.window, "scrollY", y);
      dom.window.dispatchEvent(new dom.window.Event("scroll"));
    });
    Reflect.set(dom.window, VIEW_EMIT, (json: string) => {
      const message: ViewMessage = JSON.parse(json);
      // Later, as between two threads: a handler never runs inside the event.
      setTimeout(() => events.message(message), 0);
    });
    program ??= new Script(script);
    program.runInContext(dom.getInternalVMContext());
  }

  async call(name: string, ...args: unknown[]): Promise<unknown> {
    const call = bag(this.#dom?.window[VIEW_CALL]).call;
    if (!isCallable(call)) throw new Error("the view is not running");
    const answer = call(name, JSON.parse(JSON.stringify(args)));
    return answer === undefined ? null : JSON.parse(JSON.stringify(answer));
  }

  async tap(selector: WireSelector): Promise<void> {
    await this.call("tap", selector);
  }

  async type(selector: WireSelector, text: string, settle: () => Promise<void>): Promise<void> {
    await this.call("enter", selector, "");
    await settle();
    let typed = "";
    for (const key of text) {
      typed += key;
      await this.call("enter", selector, typed);
      await settle();
    }
  }

  async leaveBelow(): Promise<void> {}

  async screenshot(): Promise<void> {
    throw new Error("jsdom draws nothing: take screenshots in chromiumView()");
  }

  async stop(): Promise<void> {
    this.#dom?.window.close();
    this.#dom = undefined;
  }
}
