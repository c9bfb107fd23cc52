type Platform = { template?: { internalComponents: Record<string, Record<string, string>> } };
type Context = { registerMethod(method: { name: string; fn(platform: Platform): void }): void };

/** What a finger does beside a tap, and how movement goes: nothing of ours listens to it. */
export const unheard = /^bind(Touch|Long|Animation|Transition|Drag|Refresher)/;

/**
 * Taro's templates listen to all of it on every element, and a phone then tells the app's scripts of each finger several
 * times. Without it they hear of taps alone, and the templates are a seventh smaller. Attributes stay as they are: the runtime
 * numbers those.
 */
export default (ctx: Context) => {
  ctx.registerMethod({
    name: "onSetupClose",
    fn({ template }) {
      for (const attributes of Object.values(template?.internalComponents ?? {}))
        for (const name of Object.keys(attributes)) if (unheard.test(name)) delete attributes[name];
    },
  });
};
