import { VIEW_EMIT, type ViewMessage } from "./protocol.ts";

/** Tells the logic thread something. */
export function send(message: ViewMessage): void {
  const emit: unknown = Reflect.get(globalThis, VIEW_EMIT);
  if (typeof emit === "function") emit(JSON.stringify(message));
}
