import path from "node:path";
import webpack from "webpack";
import { version } from "../package.json";
import routes from "../src/routes.json";
import { plainSite } from "./plain.ts";

const here = (...parts: string[]) => path.resolve(__dirname, ...parts);
const platform = process.env.TARO_ENV ?? "h5";
const h5 = platform === "h5";
const api = process.env.DEV_API ?? "http://localhost:8080";

/** Modern packages and our own workspaces are brought down to the browsers and phones named in package.json. */
const compile = {
  include: [here("../../packages"), (file: string) => /node_modules[\\/](@trpc|axios|zustand)[\\/]/.test(file)],
};
const postcss = { pxtransform: { enable: false, config: {} }, cssModules: { enable: false, config: {} } };

/** Mini-programs speak to one configured server; the site speaks to where it came from. */
const apiBase = h5 ? "" : (process.env.TARO_APP_API ?? "http://localhost:8080").replace(/\/$/, "");

type Asked = { context: string; request: string };
/** Puts a stand-in for a file of one package, and of that package only. */
function replace(chain: Chain, name: string, within: RegExp, request: RegExp, by: string) {
  const swap = (asked: Asked) => {
    if (within.test(asked.context)) asked.request = here(by);
  };
  chain.plugin(name).use(webpack.NormalModuleReplacementPlugin, [request, swap]);
}
const slimAxios = (chain: Chain, gone: RegExp) =>
  replace(chain, "slimAxios", /node_modules[\\/]axios/, gone, "no-adapter.js");
const router = /@tarojs[\\/]router/;

type Chain = {
  plugin(name: string): { use(plugin: unknown, args: unknown[]): void };
  resolve: { alias: { set(from: string, to: string | false): Chain["resolve"]["alias"] } };
  merge(config: unknown): void;
};

const product = {
  projectName: "weimenhu",
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: "src",
  outputRoot: `dist/${platform}`,
  framework: h5 ? "preact" : "react",
  plugins: [here("aria.ts"), here("events.ts")],
  compiler: { type: "webpack5", prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: true, stats: false },
  // What browsers and mini-programs each need of their own; everything else is one style sheet.
  alias: { "frame.css": here(h5 ? "../src/ui/h5/frame.css" : "../src/ui/frame-mini.css") },
  defineConstants: {
    PLATFORM: JSON.stringify(platform),
    API_BASE: JSON.stringify(apiBase),
    CLIENT_VERSION: JSON.stringify(version),
  },
  copy: {
    patterns: h5
      ? []
      : [{ from: "src/tabs/icons/", to: `dist/${platform}/tabs/icons/` }].concat(
          platform === "alipay" ? [{ from: "mini.project.json", to: "dist/alipay/mini.project.json" }] : [],
        ),
    options: {},
  },
  terser: {
    enable: true,
    config: {
      keep_fnames: false,
      keep_classnames: false,
      compress: { passes: 2 },
      output: { comments: false, keep_quoted_props: false, quote_keys: false, ascii_only: false },
    },
  },
  mini: {
    compile,
    postcss,
    optimizeMainPackage: { enable: true },
    webpackChain(chain: Chain) {
      // Phones have no AbortController; it is handed to the modules that name it and never put on a global.
      chain.plugin("abort").use(webpack.ProvidePlugin, [{ AbortController: [here("abort.js"), "AbortController"] }]);
      slimAxios(chain, /^\.\/(xhr|fetch|http)\.js$/);
    },
  },
  h5: {
    compile,
    // Without this Taro rewrites selectors such as `button` to its web components, which are not here.
    postcss: { ...postcss, htmltransform: { enable: false, config: {} } },
    publicPath: "/",
    devServer: {
      port: Number(process.env.DEV_PORT ?? 10086),
      open: false,
      hot: false, // the page reloads: hot replacement for Preact would need two more packages
      // The server takes calls from its own origin only, so the proxy speaks as that.
      proxy: Object.fromEntries(["/trpc", "/media"].map((at) => [at, { target: api, headers: { origin: api } }])),
    },
    staticDirectory: "static",
    useHtmlComponents: true,
    router: {
      mode: "browser",
      customRoutes: Object.fromEntries(Object.values(routes).map(({ page, path }) => [`/${page}`, path])),
    },
    output: { filename: "js/[name].[contenthash:8].js", chunkFilename: "js/[name].[contenthash:8].js" },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: "css/[name].[contenthash:8].css",
      chunkFilename: "css/[name].[contenthash:8].css",
    },
    webpackChain(chain: Chain) {
      chain.resolve.alias
        // npm may keep this one in our own folder, where Taro's hoisted packages do not look.
        .set(
          "@tarojs/plugin-framework-react",
          path.dirname(require.resolve("@tarojs/plugin-framework-react/package.json")),
        )
        // Must stay a barrel of re-exports only: Taro looks into it by name.
        .set("@tarojs/components$", here("../src/ui/h5/components.ts"))
        // Styles of Taro's own components, put into the page at run time (a strict policy refuses them, and they forbid selecting text).
        .set("@tarojs/components-react/dist/index.css", false)
        .set("@tarojs/components/global.css", false)
        .set("@tarojs/components/dist/taro-components/taro-components.css", false)
        // Keeps Taro's web components (60 KB) out: its router asks for a tab bar and a swiper by this name.
        .set("@tarojs/components/dist/components", here("no-stencil.js"));
      slimAxios(chain, /^\.\/(xhr|http)\.js$/);
      replace(chain, "routerStyle", router, /^\.\.?\/(style|navigationBar)\.js$/, "no-router-style.js");
      replace(chain, "routerBar", router, /^\.\/navigation-bar\.js$/, "no-navigation-bar.js");
      chain.merge({
        // Longer than that nobody waits for a page's script: the app then says so, and tries again.
        output: { chunkLoadTimeout: 12_000 },
        optimization: {
          splitChunks: {
            chunks: "all",
            minSize: 8000,
            hidePathInfo: true,
            maxInitialRequests: 4,
            maxAsyncRequests: 4,
            cacheGroups: {
              default: false,
              defaultVendors: false,
              vendor: { name: "vendor", chunks: "initial", test: /node_modules[\\/]/, priority: 100 },
              // The first page loads what it shares with others, and not what only others share.
              shared: { ...shared, name: "shared", priority: 5, test: isOnFirstPage },
              later: { ...shared, name: "later", priority: 4 },
            },
          },
        },
      });
    },
  },
};

const shared = { chunks: "async", minChunks: 2, minSize: 2000, reuseExistingChunk: true };

type Module = { resource?: string };
type Chunks = {
  getModuleChunksIterable(module: Module): Iterable<object>;
  getChunkModulesIterable(chunk: object): Iterable<Module>;
};
const firstPage = /[\\/]src[\\/]tabs[\\/]home[\\/]index\.tsx$/;

/** Is a module in the chunk of the home page? */
const isOnFirstPage = (module: Module, { chunkGraph }: { chunkGraph: Chunks }): boolean =>
  [...chunkGraph.getModuleChunksIterable(module)].some((chunk) =>
    [...chunkGraph.getChunkModulesIterable(chunk)].some(({ resource }) => firstPage.test(resource ?? "")),
  );

export default process.env.TARO_PLAIN === "1" ? plainSite(product) : product;
