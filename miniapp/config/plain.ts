import path from "node:path";

type Product = {
  projectName: string;
  designWidth: number;
  deviceRatio: Record<number, number>;
  sourceRoot: string;
  compiler: unknown;
  cache: unknown;
  logger: unknown;
  alias: unknown;
  defineConstants: unknown;
  h5: { compile: unknown; publicPath: string; router: unknown };
};

/**
 * The site as Taro builds it when nothing is set: React, Taro's web components, its own splitting and styles. Only what
 * the sources cannot be compiled without is kept. It is never served; the bench measures the product's site against it.
 */
export const plainSite = ({ h5, ...product }: Product) => ({
  projectName: product.projectName,
  designWidth: product.designWidth,
  deviceRatio: product.deviceRatio,
  sourceRoot: product.sourceRoot,
  outputRoot: "../node_modules/.cache/h5-plain",
  framework: "react",
  compiler: product.compiler,
  cache: product.cache,
  logger: product.logger,
  alias: product.alias,
  defineConstants: product.defineConstants,
  plugins: [],
  copy: { patterns: [], options: {} },
  h5: {
    compile: h5.compile,
    publicPath: h5.publicPath,
    router: h5.router,
    postcss: { pxtransform: { enable: false, config: {} } },
    miniCssExtractPluginOption: { ignoreOrder: true },
    webpackChain(chain: { resolve: { alias: { set(from: string, to: string): unknown } } }) {
      chain.resolve.alias.set(
        "@tarojs/plugin-framework-react",
        path.dirname(require.resolve("@tarojs/plugin-framework-react/package.json")),
      );
    },
  },
});
