type Events = Record<string, string>;
type Template = { internalComponents: Record<string, Events>; getEvents?: () => Events };
type Platform = { template?: Template };
type Context = { registerMethod(method: { name: string; fn(platform: Platform): void }): void };

/** What a finger does beside a tap, and how movement goes: nothing of ours listens to it. */
export const unheard = /^(bind|on)(Touch|Long|Animation|Transition|Drag|Refresher)/;

const heardOf = (events: Events): Events =>
  Object.fromEntries(Object.entries(events).filter(([name]) => !unheard.test(name)));

/**
 * Taro's templates listen to all of it on every element, and a phone then tells the app's scripts of each finger several
 * times. Without it they hear of taps alone, and the templates are a seventh smaller. Attributes stay as they are: the runtime
 * numbers those.
 */
export default (ctx: Context) => {
  ctx.registerMethod({
    name: "onSetupClose",
    fn({ template }) {
      if (!template) return;
      for (const [name, attributes] of Object.entries(template.internalComponents))
        template.internalComponents[name] = heardOf(attributes);
      // Alipay's has more of its own.
      const all = template.getEvents?.bind(template);
      if (all) template.getEvents = () => heardOf(all());
    },
  });
};
