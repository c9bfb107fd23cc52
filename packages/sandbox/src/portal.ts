import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Faults } from "./faults.ts";
import { escape, page } from "./page.ts";
import { pathOf, paths, render, types } from "./portal/feeds.ts";
import { toGbk } from "./portal/gbk.ts";
import { type ChannelName, channels, type Notice, notices } from "./portal/notices.ts";
import { landscape } from "./portal/picture.ts";
import { type Started, serve } from "./serve.ts";

export type PortalOptions = { port?: number };

export type PortalControl = {
  /** Newest first. */
  items(channel: ChannelName): Notice[];
  setItems(channel: ChannelName, items: Notice[]): void;
  /** A new notice at the top. */
  publish(channel: ChannelName, item: Notice): void;
  /** The notice reads differently from now on. */
  change(channel: ChannelName, id: string, more: Partial<Notice>): void;
  /** The notice is gone from the feed. */
  withdraw(channel: ChannelName, id: string): void;
};

export type PortalStarted = Started<PortalControl> & { urls: Record<ChannelName | "home", string> };

const NAMES: readonly ChannelName[] = ["rss", "atom", "json"];
const HTML = "text/html; charset=utf-8";

/** The items that a planned fault slips into the feed. */
function slipped(faults: Faults, name: string, items: readonly Notice[]): Notice[] {
  const first = items[0];
  if (!first) return [];
  const extra = (id: string, more: Partial<Notice>): Notice => ({ ...first, id, title: `问题条目 ${id}`, ...more });
  const out: Notice[] = [];
  if (faults.take(name, ["script-item"])) {
    const html = `<p onclick="steal()">正文</p><script>alert(1)</script><iframe src="https://evil.example"></iframe><img src=x onerror=alert(1)><a href="javascript:alert(1)">点我</a>`;
    out.push(extra("bad-script", { title: "<script>alert(1)</script>带脚本的条目", html }));
  }
  if (faults.take(name, ["huge-item"])) out.push(extra("bad-huge", { html: `<p>${"字".repeat(1_800_000)}</p>` }));
  if (faults.take(name, ["duplicate-id"])) out.push(extra(first.id, { title: "重复编号的条目" }));
  if (faults.take(name, ["internal-link"])) {
    const html = `<p><a href="http://169.254.169.254/latest/meta-data/">内网</a><img src="http://10.0.0.1/a.png"></p>`;
    out.push(extra("bad-link", { html, file: "" }));
  }
  return out;
}

/** The web portal of a fictional county, with one channel in each feed format. */
export async function startPortal(options: PortalOptions = {}): Promise<PortalStarted> {
  const published = new Map(NAMES.map((channel) => [channel, notices(channel, Date.now())]));
  const itemsOf = (channel: ChannelName) => published.get(channel) ?? [];

  const started = await serve<PortalControl>({
    port: options.port,
    env: (url) => ({ PORTAL_ALLOW_HOSTS: new URL(url).host }),
    build(app, faults, url) {
      for (const channel of NAMES)
        app.get(paths[channel], (request, reply) =>
          feed(request, reply, { channel, items: itemsOf(channel), faults, url: url() }),
        );
      site(app, itemsOf);
      return {
        items: (channel) => [...itemsOf(channel)],
        setItems: (channel, items) => void published.set(channel, [...items]),
        publish: (channel, item) => void published.set(channel, [item, ...itemsOf(channel)]),
        change: (channel, id, more) =>
          void published.set(
            channel,
            itemsOf(channel).map((item) => (item.id === id ? { ...item, updated: Date.now(), ...more } : item)),
          ),
        withdraw: (channel, id) =>
          void published.set(
            channel,
            itemsOf(channel).filter((item) => item.id !== id),
          ),
      };
    },
  });
  const at = (path: string) => `${started.url}${path}`;
  return { ...started, urls: { home: at("/"), rss: at(paths.rss), atom: at(paths.atom), json: at(paths.json) } };
}

type Serving = { channel: ChannelName; items: readonly Notice[]; faults: Faults; url: string };

function feed(request: FastifyRequest, reply: FastifyReply, { channel, items, faults, url }: Serving): FastifyReply {
  const name = request.url;
  if (faults.take(name, ["redirect-loop"])) return reply.redirect("/loop/a");
  if (faults.take(name, ["redirect-inside"])) return reply.redirect("http://169.254.169.254/latest/meta-data/");
  if (faults.take(name, ["huge"])) return reply.type(types[channel]).send(Buffer.alloc(40 << 20, " "));
  if (faults.take(name, ["bomb"]))
    return reply
      .type(types[channel])
      .header("content-encoding", "gzip")
      .send(gzipSync(Buffer.alloc(64 << 20, " ")));
  const all = [...items, ...slipped(faults, name, items)];
  if (faults.take(name, ["wrong-charset"])) {
    const bytes = toGbk(render[channel]({ channel, url, items: all, encoding: "GBK" }));
    return reply.header("content-type", `${types[channel]}; charset=utf-8`).send(bytes);
  }
  const body = Buffer.from(render[channel]({ channel, url, items: all }));
  const etag = `"${createHash("sha1").update(body).digest("hex")}"`;
  const modified = new Date(Math.max(0, ...all.map((item) => item.updated))).toUTCString();
  void reply.header("etag", etag).header("last-modified", modified);
  // As the standard has it: where a tag is given, the date does not count.
  const tag = request.headers["if-none-match"];
  const same = tag === undefined ? request.headers["if-modified-since"] === modified : tag === etag;
  if (same) return reply.code(304).send();
  void reply.header("content-type", `${types[channel]}; charset=utf-8`);
  if (!String(request.headers["accept-encoding"]).includes("gzip")) return reply.send(body);
  return reply.header("content-encoding", "gzip").send(gzipSync(body));
}

/** The pages, pictures and files that the feeds point to. */
function site(app: FastifyInstance, itemsOf: (channel: ChannelName) => readonly Notice[]): void {
  const home = () =>
    NAMES.map((channel) => {
      const links = itemsOf(channel).map(
        (item) => `<a class="card" href="${pathOf(channel, item.id)}">${escape(item.title)}</a>`,
      );
      return `<h2>${escape(channels[channel].title)}</h2><p><a href="${paths[channel]}">订阅</a></p>${links.join("")}`;
    }).join("");
  app.get("/", async (_request, reply) => reply.type(HTML).send(page("示例县人民政府门户网站", home())));
  app.get<{ Params: { channel: ChannelName; name: string } }>("/notices/:channel/:name", async (request, reply) => {
    const item = itemsOf(request.params.channel).find(({ id }) => pathOf(request.params.channel, id) === request.url);
    if (!item) return reply.code(404).type(HTML).send(page("没有这篇", "<p>这篇文章不存在或已撤下。</p>"));
    return reply.type(HTML).send(page(item.title, `<div class="card">${item.html}</div>`));
  });
  app.get<{ Params: { name: string } }>("/images/:name", async (request, reply) =>
    reply
      .type("image/png")
      .header("cache-control", "max-age=86400")
      .send(landscape(Number.parseInt(request.params.name, 10) || 1)),
  );
  app.get("/files/:name", async (_request, reply) => reply.type("application/pdf").send(PDF));
  app.get("/loop/a", async (_request, reply) => reply.redirect("/loop/b"));
  app.get("/loop/b", async (_request, reply) => reply.redirect("/loop/a"));
}

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 120]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 18 Tf 20 60 Td (Demo attachment) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF`;
