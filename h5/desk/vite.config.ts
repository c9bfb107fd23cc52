import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const api = process.env.DEV_API ?? "http://localhost:8080";
const sheets = fileURLToPath(new URL("./src/style-sheets.ts", import.meta.url));

/**
 * Ant Design writes its styles into `<style>` elements, which a strict style-src refuses. Constructed style sheets are
 * not inline styles, so the one module that writes them is replaced by ours. Development has no such policy.
 */
const strictStyles: Plugin = {
  name: "strict-styles",
  apply: "build",
  enforce: "pre",
  resolveId: (source) => (/(^|\/)Dom\/dynamicCSS(\.js)?$/.test(source) ? sheets : null),
};

export default defineConfig({
  base: "/desk/",
  plugins: [react(), strictStyles],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: {
    // The API refuses what other sites send; in development this server stands in for the site itself.
    proxy: Object.fromEntries(
      ["^/trpc/", "^/media$", "^/m/"].map((path) => [
        path,
        { target: api, changeOrigin: true, headers: { origin: new URL(api).origin } },
      ]),
    ),
  },
});
