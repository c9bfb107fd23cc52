import routes from "../routes.json";
import { apiBase, isWeb } from "./env.ts";

/** Addresses of our own site, as they stand in notices and in printed codes, and the pages of the app that they mean. */
type RouteName = keyof typeof routes;
type Meant = { name: RouteName; query: Record<string, string> };

const hostOf = (origin: string): string => origin.replace(/^https?:\/\//i, "").replace(/\/.*$/, "");

let domain: () => string | null = () => null;

/** The site may have a name of its own beside the server's: tells how to learn it. */
export function siteIsAlso(learn: () => string | null): void {
  domain = learn;
}

function isOurs(host: string): boolean {
  const here = isWeb ? (typeof location === "undefined" ? "" : location.host) : hostOf(apiBase);
  return host !== "" && [here.toLowerCase(), domain()?.toLowerCase()].includes(host.toLowerCase());
}

/** The page that an address of our own site means; null for other sites, and for what is no page (a file, an unknown path). */
export function pageAt(address: string): Meant | null {
  const whole = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(address);
  if (whole ? !isOurs(whole[1] ?? "") : !/^\/(?![/\\])/.test(address)) return null;
  const [path = "", question = ""] = (whole ? (whole[2] ?? "") : address.replace(/#.*/, "")).split("?");
  const plain = path.replace(/\/+$/, "") || "/";
  const id = /^\/notices?\/([A-Za-z0-9_-]+)$/.exec(plain)?.[1];
  if (id && id !== "more") return { name: "notice", query: { id } };
  const name = (Object.keys(routes) as RouteName[]).find((each) => routes[each].path === plain);
  return name ? { name, query: pairs(question) } : null;
}

/** `a=1&b=2`, percent-encoded. */
export function pairs(text: string): Record<string, string> {
  const found = text
    .split("&")
    .map((pair) => /^([^=]+)=(.*)$/.exec(pair))
    .flatMap((match) => (match?.[1] ? [[match[1], decoded(match[2] ?? "")] as const] : []));
  return Object.fromEntries(found);
}

export function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    console.warn("address: not a percent-encoded text", error);
    return value;
  }
}
