import path from "node:path";
import attributes from "./aria.json";

/**
 * Taro's mini-program templates carry no attributes for screen readers, so values set in JSX never reach the phone.
 * This adds those of aria.json to the components that we give a role or a name. WeChat calls the role `aria-role`, Alipay `role`.
 */
const role = process.env.TARO_ENV === "weapp" ? "aria-role" : "role";
const added = Object.fromEntries(
  Object.entries(attributes).map(([name, list]) => [
    name,
    Object.fromEntries(list.map((attribute) => [attribute === "role" ? role : attribute, ""])),
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
