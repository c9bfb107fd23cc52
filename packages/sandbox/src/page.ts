export const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

/** A plain page that reads well on a phone and on a desk, without scripts. */
export function page(title: string, body: string, refreshSeconds?: number): string {
  const refresh = refreshSeconds ? `<meta http-equiv="refresh" content="${refreshSeconds}">` : "";
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">${refresh}
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>
body{font:18px/1.6 "PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;background:#f2f3f5;color:#1d2129}
main{max-width:640px;margin:0 auto;padding:16px}h1{font-size:24px;margin:8px 0 16px}h2{font-size:20px;margin:24px 0 8px}
.card{background:#fff;border-radius:12px;padding:14px 16px;margin:0 0 12px}.card b{font-size:30px;letter-spacing:3px;display:block}
a.card{display:block;color:#0b57a8;text-decoration:none;font-size:20px}img{max-width:100%;height:auto}table{border-collapse:collapse;width:100%}td,th{padding:4px 8px}small{color:#5a6068;font-size:15px}
</style></head><body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
}

/** The vendors' "who are you" page; on a real phone the app answers by itself. `hrefOf` gives the way back for a person. */
export function choose(
  title: string,
  people: readonly { key: string; name: string }[],
  hrefOf: (key: string) => string,
): string {
  const links = people.map(({ key, name }) => `<a class="card" href="${escape(hrefOf(key))}">${escape(name)}</a>`);
  return page(title, `<p>这是演示用的登录页。请选择一个身份：</p>${links.join("")}`);
}

/** Only pages on this machine may be returned to, as the vendors return only to registered domains. */
export function mayReturnTo(back: string): boolean {
  if (!URL.canParse(back)) return false;
  const { protocol, hostname } = new URL(back);
  return /^https?:$/.test(protocol) && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

/** `back` with more parameters. */
export function withParams(back: string, params: Record<string, string>): string {
  const url = new URL(back);
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}
