import ipaddr from "ipaddr.js";

const MAX_LENGTH = 2_000;

/** An absolute http(s) address, resolved against `base`; undefined for everything else. */
export function absolute(link: string | undefined, base: string): string | undefined {
  const trimmed = (link ?? "").trim();
  if (!trimmed || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  const fit = /^https?:$/.test(url.protocol) && !url.username && !url.password && url.href.length <= MAX_LENGTH;
  return fit ? url.href : undefined;
}

/**
 * Does this address lead into a private network, judged by its face? The publisher's own host (`home`) never counts: a
 * portal inside the county's network may link to itself. What a name resolves to is judged when it is called, not here.
 */
export function isInside(link: string, home: string): boolean {
  const { host, hostname } = new URL(link);
  if (host === new URL(home).host) return false;
  const name = hostname.replace(/^\[|\]$|\.+$/g, "");
  if (ipaddr.isValid(name)) return ipaddr.parse(name).range() !== "unicast";
  return !name.includes(".") || /\.(localhost|local|internal|lan|home\.arpa)$/.test(name);
}
