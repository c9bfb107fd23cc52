import type { LookupAddress } from "node:dns";
import { describe, expect, test } from "vitest";
import { guardedLookup, hostPort, isPublicIp, refusal } from "./address.ts";

describe("only addresses of the open internet are public", () => {
  test.each([
    ["loopback", "127.0.0.1"],
    ["loopback, far end", "127.255.255.254"],
    ["this network", "0.0.0.0"],
    ["private 10", "10.1.2.3"],
    ["private 172", "172.16.0.1"],
    ["private 192", "192.168.1.1"],
    ["carrier NAT", "100.64.0.1"],
    ["metadata of Aliyun, inside carrier NAT", "100.100.100.200"],
    ["metadata, link-local", "169.254.169.254"],
    ["host agent of Azure", "168.63.129.16"],
    ["benchmarks", "198.18.0.1"],
    ["documentation", "192.0.2.1"],
    ["multicast", "224.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["IPv6 loopback", "::1"],
    ["IPv6 unspecified", "::"],
    ["IPv4 in IPv6", "::ffff:127.0.0.1"],
    ["public IPv4 in IPv6", "::ffff:8.8.8.8"],
    ["IPv4-compatible", "::127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["NAT64, local use", "64:ff9b:1::a00:1"],
    ["6to4 of loopback", "2002:7f00:1::"],
    ["Teredo", "2001::1"],
    ["unique local", "fc00::1"],
    ["metadata of AWS over IPv6", "fd00:ec2::254"],
    ["link-local IPv6", "fe80::1"],
    ["site-local", "fec0::1"],
    ["multicast IPv6", "ff02::1"],
    ["documentation IPv6", "2001:db8::1"],
    ["not handed out by IANA", "4000::1"],
    ["a zone", "fe80::1%eth0"],
    ["no address", "example.org"],
    ["empty", ""],
  ])("%s is refused", (_name, ip) => {
    expect(isPublicIp(ip)).toBe(false);
  });

  test.each(["8.8.8.8", "223.5.5.5", "1.1.1.1", "2400:3200::1", "2606:4700::1111"])("%s is public", (ip) => {
    expect(isPublicIp(ip)).toBe(true);
  });
});

describe("a literal address in any spelling is judged before anything is sent", () => {
  test.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://①②⑦.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://0/",
    "http://017700000001/",
  ])("%s", (url) => {
    expect(refusal(new URL(url), true)).toBe("not a public address");
  });

  test.each(["ftp://example.org/", "file:///etc/passwd", "http://user@example.org/", "http://u:p@8.8.8.8/"])(
    "%s is never called, public or not",
    (url) => {
      expect(refusal(new URL(url), false)).toBeDefined();
    },
  );

  test("a public literal and a name pass on to the look-up", () => {
    expect(refusal(new URL("https://8.8.8.8/"), true)).toBeUndefined();
    expect(refusal(new URL("https://example.org/"), true)).toBeUndefined();
  });

  test("allow-lists compare the port, also the scheme's own", () => {
    expect(hostPort(new URL("https://example.org/x"))).toBe("example.org:443");
    expect(hostPort(new URL("http://example.org/x"))).toBe("example.org:80");
    expect(hostPort(new URL("http://127.1:8080/"))).toBe("127.0.0.1:8080");
  });
});

describe("the guarded look-up", () => {
  const answer = (addresses: string[], all: boolean) =>
    new Promise<unknown>((done) => {
      const resolved: LookupAddress[] = addresses.map((address) => ({
        address,
        family: address.includes(":") ? 6 : 4,
      }));
      guardedLookup((_host, _options, reply) => reply(null, resolved))("name.example", { all }, (error, address) =>
        done(error ? error.code : address),
      );
    });

  test("hands the judged addresses to the socket in both forms that it may ask for", async () => {
    expect(await answer(["8.8.8.8", "1.1.1.1"], true)).toEqual([
      { address: "8.8.8.8", family: 4 },
      { address: "1.1.1.1", family: 4 },
    ]);
    expect(await answer(["8.8.8.8"], false)).toBe("8.8.8.8");
  });

  test("one private address among public ones refuses the name", async () => {
    expect(await answer(["8.8.8.8", "127.0.0.1"], true)).toBe("EREFUSEDADDRESS");
    expect(await answer(["8.8.8.8", "::1"], false)).toBe("EREFUSEDADDRESS");
  });

  test("a name without addresses is not found", async () => {
    expect(await answer([], true)).toBe("ENOTFOUND");
  });
});
