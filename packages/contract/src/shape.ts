import { legible } from "@weimenhu/domain/base/text";
import * as z from "zod/mini";

/** One procedure on the wire: what goes in, what comes out. Shapes may only grow: old builds live on phones for weeks. */
export type Shape<K extends "query" | "mutation", I extends z.ZodMiniType, O extends z.ZodMiniType> = {
  kind: K;
  input: I;
  output: O;
};
export type AnyShape = Shape<"query" | "mutation", z.ZodMiniType, z.ZodMiniType>;

export const ask = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O): Shape<"query", I, O> => ({
  kind: "query",
  input,
  output,
});
export const act = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  input: I,
  output: O,
): Shape<"mutation", I, O> => ({ kind: "mutation", input, output });

export const none = z.object({});
/** Answer of an act that has nothing to tell. */
export const done = z.object({ ok: z.literal(true) });
export const id = z.string().check(z.regex(/^[0-9A-Z]{26}$/));
export const regionCode = z.string().check(z.regex(/^\d{12}$/));
/** Epoch milliseconds. */
export const time = z.int();
/** A time that somebody sends: up to the year 2100, since the database keeps none outside of its calendar. */
export const timeGiven = z.int().check(z.gte(0), z.lte(4_102_444_800_000));
/** One line of words, trimmed by the server, of at most `max` characters. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .check(z.overwrite(legible), z.trim(), z.minLength(min), z.maxLength(max), z.regex(/^[^\u0000-\u001f\u007f]*$/));
/** Several lines. */
export const text = (max: number, min = 0) =>
  z
    .string()
    .check(
      z.overwrite(legible),
      z.minLength(min),
      z.maxLength(max),
      z.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/),
    );
/** Several lines of at most `max` letters as people count them: 𠮷 is one, though it takes two places in memory. */
export const letters = (max: number, min = 0) =>
  z.string().check(
    z.overwrite(legible),
    z.trim(),
    z.minLength(min),
    z.maxLength(2 * max),
    z.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]*$/u),
    z.refine((said) => said.length <= max || [...said].length <= max),
  );
/** Made by the client once per act; the same key again gives the same answer. */
export const key = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/));
export const cursor = z.string().check(z.minLength(1), z.maxLength(200));
export const limit = z.int().check(z.gte(1), z.lte(50));
/** A page of a list by keyset: `next` is null on the last one. */
export const page = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.nullable(z.string()) });
/** A picture or file of our own store, or an http(s) address. */
export const address = z.string().check(z.minLength(1), z.maxLength(2000));
