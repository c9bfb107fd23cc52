import type { FastifyRequest } from "fastify";
import { refuse } from "./refuse.ts";

/** Calls of one request. The stock batch link of our clients is set to the same number. */
export const maxBatch = 20;

export type Calls = { paths: string[]; inputs: unknown[]; batch: boolean };

/** Reads tRPC's wire format: `GET /a.b?input=…`, `POST /a.b` with the input as body, `/a.b,c.d?batch=1` with inputs by place. */
export function readCalls(req: FastifyRequest): Calls {
  const path = (req.params as { "*": string })["*"];
  const query = req.query as Record<string, string | string[] | undefined>;
  const batch = query["batch"] === "1";
  const input = req.method === "GET" ? parsed(query["input"]) : req.body;
  if (!batch) return { paths: [path], inputs: [input], batch };
  const paths = path.split(",", maxBatch + 1);
  if (paths.length > maxBatch) throw refuse("BATCH_TOO_LARGE");
  const byPlace = input ?? {};
  if (typeof byPlace !== "object") throw refuse("MALFORMED", { why: "batch input" });
  return { paths, inputs: paths.map((_, at) => (byPlace as Record<string, unknown>)[String(at)]), batch };
}

function parsed(text: string | string[] | undefined): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== "string") throw refuse("MALFORMED", { why: "input twice" });
  try {
    return JSON.parse(text);
  } catch {
    // What was sent is nobody's business in the log.
    throw refuse("MALFORMED", { why: "input is not JSON" });
  }
}
