import ipaddr from "ipaddr.js";
import * as z from "zod";

/** Sorts of settings: what may stand there, and what it becomes. */
export const optional = (meaning: string) => z.string().default("").describe(meaning);
export const text = (meaning: string, fallback: string) => z.string().default(fallback).describe(meaning);
export const whole = (meaning: string, fallback: number, least = 0, most = 1_000_000) =>
  z
    .string()
    .regex(/^\d{1,7}$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must lie between ${least} and ${most}`)
    .default(fallback)
    .describe(meaning);
export const flag = (meaning: string, fallback: "0" | "1" = "0") =>
  z
    .enum(["0", "1"], "must be 0 or 1")
    .default(fallback)
    .transform((value) => value === "1")
    .describe(meaning);
export const address = (meaning: string, fallback: string) =>
  z
    .string()
    .default(fallback)
    .refine((value) => /^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value), "must be an http(s) address")
    .transform((value) => value.replace(/\/+$/, ""))
    .describe(meaning);
export const hexKey = (meaning: string) =>
  z
    .string("is missing: `npm start` makes one for development; in production give 32 random bytes in hex")
    .regex(/^[0-9a-fA-F]{64}$/, "must be 32 bytes in hex (64 digits)")
    .transform((hex) => Buffer.from(hex, "hex"))
    .describe(meaning);
/** Comma-separated; a part that `takes` does not know, also an empty one between two commas, is a fault. */
export const list = <T extends string>(meaning: string, takes: (part: string) => part is T, expected: string) =>
  z
    .string()
    .transform((value) => value.split(",").map((part) => part.trim()))
    .refine((parts) => parts.every(takes), `must be ${expected}, comma-separated`)
    .transform((parts) => parts.filter(takes))
    .default([])
    .describe(meaning);

export const isProxy = (part: string) =>
  ["loopback", "linklocal", "uniquelocal"].includes(part) || ipaddr.isValid(part) || ipaddr.isValidCIDR(part);
export const isHostPort = (part: string): part is string => {
  const [, port = "0"] = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_.-]+):(\d{1,5})$/i.exec(part) ?? [];
  return Number(port) > 0 && Number(port) < 65_536;
};

export const isSite = (value: string): boolean => /^https?:\/\/[^\s/?#]+\/*$/.test(value) && URL.canParse(value);

/** Of these either all are given or none. */
export const together: readonly (readonly string[])[] = [
  ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET"],
  ["HOSPITAL_BASE", "HOSPITAL_TOKEN", "HOSPITAL_SYSTEM", "HOSPITAL_ID_SYSTEM"],
];

/** The ways to sign in that a county may do without; the code by message is there for everybody. */
export const signInWays = ["wechat", "wechat-web", "alipay"] as const;
export type SignInWay = (typeof signInWays)[number];
export const isWay = (part: string): part is SignInWay => signInWays.some((way) => way === part);

export const sealKeys = z
  .string("is missing: `npm start` makes one for development; in production give `k1:<32 random bytes in hex>`")
  .regex(
    /^[a-z0-9]{1,12}:[0-9a-fA-F]{64}(,[a-z0-9]{1,12}:[0-9a-fA-F]{64})*$/,
    "must be `id:<64 hex digits>`, comma-separated",
  )
  .transform((value) =>
    value.split(",").map((pair) => {
      const [id = "", hex = ""] = pair.split(":");
      return { id, key: Buffer.from(hex, "hex") };
    }),
  )
  .refine((keys) => new Set(keys.map((key) => key.id)).size === keys.length, "uses an id twice")
  .describe(
    "Keys of the encryption at rest, `id:hex,id:hex`; the first seals, all open. Rotate by putting a new one in front.",
  );

export const minClient = z
  .string()
  .default("")
  .refine(
    (value) =>
      value === "" || /^(weapp|alipay|web|desk)=\d+\.\d+\.\d+(,(weapp|alipay|web|desk)=\d+\.\d+\.\d+)*$/.test(value),
    "must look like weapp=1.2.0,alipay=1.2.0",
  )
  .transform(
    (value) =>
      Object.fromEntries(
        value
          .split(",")
          .filter(Boolean)
          .map((pair) => pair.split("=")),
      ) as Record<string, string>,
  )
  .describe("Oldest client version still served, by channel: weapp=1.0.0,alipay=1.0.0,web=1.0.0,desk=1.0.0");

const noteWords = ["title", "place", "state", "at"] as const;
type NoteWord = (typeof noteWords)[number];
const isNoteWord = (word: string): word is NoteWord => noteWords.some((one) => one === word);

/** The vendor's id of a message template, and which of its fields gets which words where they are not the usual ones. */
export const noteTemplate = (meaning: string, usual: string) =>
  z
    .string()
    .default("")
    .refine(
      (value) =>
        /^([\w=+/-]{1,80}(:[a-z]+\d*=(title|place|state|at)(,[a-z]+\d*=(title|place|state|at))*)?)?$/.test(value),
      `must be an id, or id:${usual}`,
    )
    .transform((value) => {
      const [id = "", fields = usual] = value.split(":");
      const pairs = fields.split(",").map((pair) => pair.split("="));
      const known = pairs.flatMap(([field = "", word = ""]) => (isNoteWord(word) ? [[field, word] as const] : []));
      return id === "" ? null : { id, fields: Object.fromEntries(known) };
    })
    .describe(`${meaning}: its id, or \`id:${usual}\` with the fields that the template has; empty closes this way.`);

export const databaseUrl = z
  .string("is missing: mysql://user:password@host:3306/name")
  .refine(
    (value) =>
      URL.canParse(value) && /^(mysql|mariadb):$/.test(new URL(value).protocol) && new URL(value).pathname.length > 1,
    "must look like mysql://user:password@host:3306/name (a local socket: …/name?socketPath=/run/mysqld/mysqld.sock)",
  )
  .describe(
    "The database: mysql://user:password@host:3306/name, with ?socketPath=… for a local socket, ?ssl=1 for TLS.",
  );

export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: T[number],
  meaning: string,
) =>
  z
    .enum(values, `must be one of ${values.join(", ")}`)
    .default(fallback)
    .describe(meaning);
