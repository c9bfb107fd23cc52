import path from "node:path";

/**
 * Taro's mini-program templates carry no attributes for screen readers, so values set in JSX never reach the phone.
 * This adds them to the components that we give a role or a name. WeChat calls the role `aria-role`, Alipay `role`.
 */
const role = process.env.TARO_ENV === "weapp" ? "aria-role" : "role";
const named = [role, "aria-label", "aria-hidden", "aria-level"];
const acting = [...named, "aria-checked", "aria-disabled", "aria-selected", "aria-expanded", "aria-live"];
const attributes: Record<string, string[]> = {
  View: acting,
  Button: acting,
  Text: named,
  Image: ["aria-label", "aria-hidden"],
  Input: ["aria-label"],
  Textarea: ["aria-label"],
  Picker: [role, "aria-label"],
  Switch: ["aria-label"],
};
const added = Object.fromEntries(
  Object.entries(attributes).map(([name, list]) => [
    name,
    Object.fromEntries(list.map((attribute) => [attribute, ""])),
  ]),
);

type Platform = {
  template?: { mergeComponents(ctx: unknown, components: Record<string, Record<string, string>>): void };
  runtimePath: string | string[];
};
type Context = { registerMethod(method: { name: string; fn(platform: Platform): void }): void };

export default (ctx: Context) => {
  ctx.registerMethod({
    name: "onSetupClose",
    fn(platform) {
      if (!platform.template) return;
      platform.template.mergeComponents(ctx, added);
      platform.runtimePath = [platform.runtimePath, path.resolve(__dirname, "aria-runtime.js")].flat();
    },
  });
};
