import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** Public by their range, but answered by the cloud's own machinery (Azure's host agent). */
const PLATFORM_ADDRESSES: ReadonlySet<string> = new Set(["168.63.129.16"]);

/** The code of the error that a guarded look-up fails with. */
export const REFUSED_ADDRESS = "EREFUSEDADDRESS";

/**
 * Is this literal IP an address of the open internet? Everything with a special meaning is not: loopback, private, link-local
 * (cloud metadata), carrier NAT, multicast, IPv4 inside IPv6 in any of its wrappings, NAT64, 6to4, Teredo, documentation.
 */
export function isPublicIp(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.parse(ip);
  if (address.range() !== "unicast" || PLATFORM_ADDRESSES.has(ip)) return false;
  // What IANA has given out as global unicast is 2000::/3; the rest of IPv6 is "unicast" only for want of another name.
  return address.kind() === "ipv4" || ((address.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}

/** `host:port` in the form in which allow-lists are compared; the scheme's port is written out. */
export function hostPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/**
 * Why a URL may not be called at all, or undefined. Names are judged later, at connect time, by `guardedLookup`; a literal IP
 * never reaches a look-up, so it is judged here. Decimal, octal and hexadecimal hosts are plain IPs once `URL` has read them.
 */
export function refusal(url: URL, publicOnly: boolean): string | undefined {
  if (url.protocol !== "http:" && url.protocol !== "https:") return "scheme";
  if (url.username || url.password) return "user name in the address";
  if (!publicOnly) return undefined;
  const host = url.hostname.replace(/^\[|\]$|\.+$/g, "");
  const internal = ipaddr.isValid(host) ? !isPublicIp(host) : /(^|\.)localhost$/.test(host);
  return internal ? "not a public address" : undefined;
}

export type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A look-up for the socket itself: the addresses that were judged are the ones that get connected, so a name cannot answer
 * one way when asked and another way when called (DNS rebinding). One private address among several refuses them all.
 */
export function guardedLookup(resolve: Resolve = dnsLookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) {
        done(error ?? Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "", 0);
      } else if (!addresses.every(({ address }) => isPublicIp(address))) {
        done(Object.assign(new Error("not a public address"), { code: REFUSED_ADDRESS }), "", 0);
      } else if (options.all) {
        done(null, addresses);
      } else {
        done(null, first.address, first.family);
      }
    });
  };
}
