const path = require("node:path");

module.exports = {
  projectName: "minihost-sample",
  date: "2026-1-1",
  designWidth: 750,
  deviceRatio: { 640: 2.34 / 2, 750: 1, 375: 2, 828: 1.81 / 2 },
  sourceRoot: "src",
  outputRoot: `dist/${process.env.TARO_ENV}`,
  plugins: [path.resolve(__dirname, "aria.cjs")],
  framework: "react",
  compiler: { type: "webpack5", prebundle: { enable: false } },
  cache: { enable: false },
  mini: { postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false } } },
};
