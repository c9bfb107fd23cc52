import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import type { File } from "../serve/files.ts";
import { pageHeaders } from "../serve/headers.ts";
import type { H5Deps } from "../serve/index.ts";

export type Page = { status: number; html: string; headers: Record<string, string> };
export type Painter = {
  version: string;
  paths: readonly string[];
  page(url: URL, cookies: string): Promise<Page>;
  sitemap(): Promise<string>;
};
type Deps = H5Deps & { files: Map<string, File>; views: string; secure: boolean };

export async function painter({ files, views, secure }: Deps): Promise<Painter> {
  const shell = files.get("index.html")?.body.toString("utf8");
  if (!shell) throw new Error("the site is not built: index.html is missing");
  void pathToFileURL(views);
  const version = createHash("sha256").update(shell).digest("hex").slice(0, 12);
  return {
    version,
    paths: ["/", "/*"],
    page: async () => ({ status: 200, html: shell, headers: pageHeaders([], secure) }),
    sitemap: async () => "",
  };
}
