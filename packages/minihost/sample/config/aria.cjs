// Taro's mini-program templates carry no aria attributes; this plug-in adds them to the components that need a name.
const path = require("node:path");

const ATTRIBUTES = ["aria-role", "aria-label", "aria-hidden", "aria-checked", "aria-disabled", "role"];
const COMPONENTS = ["View", "Text", "Button", "Image", "Input", "Label"];

module.exports = (ctx) => {
  ctx.registerMethod({
    name: "onSetupClose",
    fn(platform) {
      if (!platform.template) return;
      const added = Object.fromEntries(ATTRIBUTES.map((name) => [name, ""]));
      platform.template.mergeComponents(ctx, Object.fromEntries(COMPONENTS.map((name) => [name, added])));
      platform.runtimePath = [].concat(platform.runtimePath, path.resolve(__dirname, "aria-runtime.js"));
    },
  });
};
