import { type DestinationStream, type Logger, pino } from "pino";
import { isoOf, systemClock } from "./clock.ts";

export type Log = Logger;

/**
 * One JSON object a line. What must never get in: inputs, bodies, query strings, tokens, names, phones, ID numbers. Log
 * ids and words; the redaction below is the second line of defence, not the first.
 */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${isoNow()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: safeError },
    redact: {
      paths: secrets.flatMap((name) => [name, `*.${name}`]),
      censor: "[redacted]",
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const isoNow = (): string => isoOf(systemClock.now());

const secrets = [
  "password",
  "token",
  "secret",
  "authorization",
  "cookie",
  "phone",
  "idNumber",
  "idCard",
  "name",
  "input",
  "body",
  "query",
  "params",
];

/** A place in a file, or in the engine: nothing that a person writes. */
const frame =
  /^ {4}at (?:[\w.<>$# [\]]+ \()?(?:(?:file:\/\/|node:|\/)[^\s()]*:\d+:\d+|<anonymous>|native|index \d+)\)?$/;

type SafeError = { type: string; message: string; code?: string | number; stack: string[]; cause?: SafeError };

/** An error for the log: database messages quote the values of a row, so these are cut out, as are phones and ID numbers. */
export function safeError(thrown: unknown, depth = 0): SafeError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: scrub(String(thrown)), stack: [] };
  const code =
    "code" in thrown && (typeof thrown.code === "string" || typeof thrown.code === "number") ? thrown.code : null;
  const { stack = "" } = thrown;
  // The message stands before the frames, perhaps as it was before somebody changed it, and a line of it may look like one.
  const lines = stack.slice(stack.includes(thrown.message) ? stack.indexOf(thrown.message) + thrown.message.length : 0);
  const frames = lines.trimEnd().split("\n");
  return {
    type: thrown.name,
    message: scrub("errno" in thrown || "params" in thrown ? withoutValues(thrown.message) : thrown.message),
    ...(code === null ? {} : { code }),
    stack: frames
      .slice(frames.findLastIndex((line) => !frame.test(line)) + 1)
      .map((line) => scrub(line.trim()))
      .slice(0, 20),
    ...(thrown.cause !== undefined && depth < 4 ? { cause: safeError(thrown.cause, depth + 1) } : {}),
  };
}

const withoutValues = (message: string): string =>
  message
    .replace(/\nparams:[\s\S]*$/, "")
    .replaceAll(/(for key |column |table |Table |Unknown column )?'(?:[^']|'')*'/g, (quoted, names?: string) =>
      names ? quoted : "'…'",
    );

const scrub = (text: string): string =>
  text
    .replaceAll(/(?<!\d)\d{17}[\dXx](?!\d)/g, "[id-number]")
    .replaceAll(/(?<!\d)1[3-9]\d{9}(?!\d)/g, "[phone]")
    .slice(0, 2_000);
