import { initTRPC, type TRPCMutationProcedure, type TRPCQueryProcedure } from "@trpc/server";
import type { Shape } from "@weimenhu/contract/shape";
import { callRefusal, type Who } from "@weimenhu/domain/permissions";
import * as z from "zod/mini";
import type { Ctx } from "./ctx.ts";
import { refuse } from "./refuse.ts";
import { refusalOf, wireError } from "./rpc-error.ts";

export type { Caller, Ctx, Who } from "./ctx.ts";

/** How long an answer for everybody may be kept, and which version stamps end it earlier. */
export type Hot<I> = { scopes: (input: I) => readonly string[]; ttlMs: number };
export type Meta = { who: Who; hot?: Hot<unknown> };

const t = initTRPC
  .context<Ctx>()
  .meta<Meta>()
  .create({
    isDev: false,
    isServer: true,
    errorFormatter: ({ error, path, ctx }) => wireError(refusalOf(error), path, ctx?.requestId),
  });

type Type = z.ZodMiniType;
type Query<I extends Type, O extends Type> = TRPCQueryProcedure<{ input: z.input<I>; output: z.output<O>; meta: Meta }>;
type Mutation<I extends Type, O extends Type> = TRPCMutationProcedure<{
  input: z.input<I>;
  output: z.output<O>;
  meta: Meta;
}>;
type Fn<I extends Type, O extends Type> = (ctx: Ctx, input: z.output<I>) => Promise<z.input<O>>;

/** `list: query(contract.notices.list, "anyone", service.list)` */
export function query<I extends Type, O extends Type>(
  shape: Shape<"query", I, O>,
  who: Who,
  fn: Fn<I, O>,
): Query<I, O> {
  return asQuery<I, O>(shape, { who }, fn);
}

export function mutation<I extends Type, O extends Type>(
  shape: Shape<"mutation", I, O>,
  who: Who,
  fn: Fn<I, O>,
): Mutation<I, O> {
  const built = procedure(shape, { who }).mutation(({ ctx, input }) => fn(ctx, input as z.output<I>));
  return built as Mutation<I, O>;
}

/**
 * A public query whose answer is kept as a ready string and served again while the versions of its scopes stand (`bump`)
 * and `ttlMs` has not passed. Its `fn` never sees a caller, so what it answers is fit for everybody.
 */
export function hotQuery<I extends Type, O extends Type>(
  shape: Shape<"query", I, O>,
  hot: Hot<z.output<I>>,
  fn: Fn<I, O>,
): Query<I, O> {
  const read = reader(shape.input);
  const scopes = (raw: unknown) => hot.scopes(read.parse(raw) as z.output<I>);
  return asQuery<I, O>(shape, { who: "anyone", hot: { ttlMs: hot.ttlMs, scopes } }, fn);
}

export const router = t.router;
/** For tests: `callerOf(router)(ctx).notices.list(…)`, through validation and the gate, without HTTP. */
export const callerOf = t.createCallerFactory;

function asQuery<I extends Type, O extends Type>(shape: { input: I; output: O }, meta: Meta, fn: Fn<I, O>) {
  return procedure(shape, meta).query(({ ctx, input }) => fn(ctx, input as z.output<I>)) as Query<I, O>;
}

const gate = t.middleware(({ ctx, meta, next }) => {
  // A procedure that does not say who may call it is open to nobody.
  const word = meta ? callRefusal(ctx.caller, meta.who) : "NOT_ALLOWED";
  if (word !== null) throw refuse(word);
  return next();
});

/** Untyped inside: the builders above say what goes in and comes out. */
function procedure(shape: { input: Type; output: Type }, meta: Meta) {
  return t.procedure.meta(meta).use(gate).input(reader(shape.input)).output(writer(shape.output));
}

type Parser = { _input: unknown; _output: unknown; parse(raw: unknown): unknown };

/** Input: what does not fit is refused with the paths of the fields at fault. Nothing sent reads as `{}`. */
function reader(schema: Type): Parser {
  const parse = (raw: unknown) => {
    const read = schema.safeParse(raw === undefined ? {} : raw);
    if (read.success) return read.data;
    const fields = [...new Set(read.error.issues.map((issue) => issue.path.join(".")))].slice(0, 20);
    throw refuse("BAD_INPUT", { details: { fields } });
  };
  return { _input: undefined, _output: undefined, parse };
}

/** Output: undeclared fields are dropped; an answer of another shape is a bug of ours. */
function writer(schema: Type): Parser {
  const parse = (raw: unknown) => {
    const read = schema.safeParse(raw);
    if (read.success) return read.data;
    // Paths only: zod's messages may quote the value.
    const paths = read.error.issues.map((issue) => issue.path.join(".") || "the whole");
    throw new Error(`the answer does not fit its shape at: ${paths.join(" ")}`);
  };
  return { _input: undefined, _output: undefined, parse };
}
