import { type Channel, channels } from "@weimenhu/domain/identity/channel";

/** What the header `x-client: weapp/1.2.3` says. Without it the call counts as coming from a browser of unknown version. */
export type Client = { channel: Channel; name: string; version: string | null };

export function clientOf(header: string | undefined): Client {
  const [, name, version] = /^([a-z]{3,8})\/(\d{1,4}\.\d{1,4}\.\d{1,4})$/.exec(header ?? "") ?? [];
  const channel = channels.find((candidate) => candidate === name);
  return channel && version ? { channel, name: channel, version } : { channel: "web", name: "unknown", version: null };
}

/** Is this client below the oldest version still served? One that sends no version is a browser or a tool, and is not. */
export function isTooOld(client: Client, least: Readonly<Record<string, string>>): boolean {
  const wanted = least[client.channel];
  if (!wanted || client.version === null) return false;
  const have = client.version.split(".").map(Number);
  const want = wanted.split(".").map(Number);
  for (const [at, part] of want.entries()) {
    const mine = have[at] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}

type Headers = { origin?: string | undefined; "sec-fetch-site"?: string | undefined; "x-client"?: string | undefined };

/**
 * May a POST that carries a session cookie be believed? The cookie comes along by itself, also from a foreign page: so the
 * browser must say that the page is ours, and `x-client` must be there, which no plain form can send.
 */
export function isSameSite(headers: Headers, publicOrigin: string, host: string | undefined): boolean {
  if (!headers["x-client"]) return false;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (headers.origin === undefined) return site === "same-origin";
  return isOurOrigin(headers.origin, publicOrigin, host);
}

/** Is the page that a browser names as its origin one of ours: by the public address, or by the one it called? */
export const isOurOrigin = (origin: string, publicOrigin: string, host: string | undefined): boolean =>
  origin === publicOrigin || (host !== undefined && origin === `${new URL(publicOrigin).protocol}//${host}`);
