import { initTRPC, type TRPCMutationProcedure, type TRPCQueryProcedure } from "@trpc/server";
import type { Shape } from "@weimenhu/contract/shape";
import { callRefusal, type Who } from "@weimenhu/domain/permissions";
import * as z from "zod/mini";
import { safeParse } from "zod/v4/core";
import type { Ctx } from "./ctx.ts";
import { refuse } from "./refuse.ts";
import { compiled } from "./rpc-compiled.ts";
import { isTooDeep } from "./rpc-depth.ts";
import { refusalOf, wireError } from "./rpc-error.ts";

export type { Caller, Ctx, Who } from "./ctx.ts";

type Type = z.ZodMiniType;

/** How long an answer for everybody may be kept, and which version stamps end it earlier. */
export type Hot<I> = { scopes: (input: I) => readonly string[]; ttlMs: number };
/** What a procedure says of itself. `call` is the whole of it: the gate, the input, the work, the output. */
export type Meta = {
  who: Who;
  shape: { input: Type; output: Type };
  hot?: Hot<unknown>;
  call: (ctx: Ctx, raw: unknown) => Promise<unknown>;
};

const t = initTRPC
  .context<Ctx>()
  .meta<Meta>()
  .create({
    isDev: false,
    isServer: true,
    errorFormatter: ({ error, path, ctx }) => wireError(refusalOf(error), path, ctx?.requestId),
  });

/** The input is read in `call`. */
const asSent = { _input: undefined as unknown, _output: undefined as unknown, parse: (raw: unknown) => raw };

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
  return asQuery<I, O>(metaOf(shape, who, fn));
}

export function mutation<I extends Type, O extends Type>(
  shape: Shape<"mutation", I, O>,
  who: Who,
  fn: Fn<I, O>,
): Mutation<I, O> {
  const meta = metaOf(shape, who, fn);
  const built = t.procedure
    .meta(meta)
    .input(asSent)
    .mutation(({ ctx, input }) => meta.call(ctx, input));
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
  const input = compiled(shape.input);
  const scopes = (raw: unknown) => hot.scopes(read(input, raw));
  return asQuery<I, O>({ ...metaOf(shape, "anyone", fn), hot: { ttlMs: hot.ttlMs, scopes } });
}

export const router = t.router;
/** For tests: `callerOf(router)(ctx).notices.list(…)`, through the gate and both validations, without HTTP. */
export const callerOf = t.createCallerFactory;

function asQuery<I extends Type, O extends Type>(meta: Meta): Query<I, O> {
  const built = t.procedure
    .meta(meta)
    .input(asSent)
    .query(({ ctx, input }) => meta.call(ctx, input));
  return built as Query<I, O>;
}

/**
 * The steps of a call are ours, in this order, and tRPC carries them as one: its chain of middlewares copies the context
 * at each step, which costs more than all the checking.
 */
function metaOf<I extends Type, O extends Type>(shape: { input: I; output: O }, who: Who, fn: Fn<I, O>): Meta {
  const input = compiled(shape.input);
  const output = compiled(shape.output);
  const call = async (ctx: Ctx, raw: unknown): Promise<unknown> => {
    const word = callRefusal(ctx.caller, who);
    if (word !== null) throw refuse(word);
    return written(output, await fn(ctx, read(input, raw)));
  };
  return { who, shape, call };
}

/** Input: what does not fit is refused with the paths of the fields at fault. Nothing sent reads as `{}`. */
function read<S extends Type>(schema: S, raw: unknown): z.output<S> {
  if (isTooDeep(raw)) throw refuse("BAD_INPUT", { details: { fields: [] } });
  const result = safeParse(schema, raw === undefined ? {} : raw);
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.join(".")))].slice(0, 20);
  throw refuse("BAD_INPUT", { details: { fields } });
}

/** Output: undeclared fields are dropped; an answer of another shape is a bug of ours. */
function written(schema: Type, data: unknown): unknown {
  const result = safeParse(schema, data);
  if (result.success) return result.data;
  // Paths only: zod's messages may quote the value.
  const paths = result.error.issues.map((issue) => issue.path.join(".") || "the whole");
  throw new Error(`the answer does not fit its shape at: ${paths.join(" ")}`);
}
