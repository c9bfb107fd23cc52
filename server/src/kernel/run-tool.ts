import { parseArgs } from "node:util";
import { OutsideFault } from "@weimenhu/connectors/fault";
import { ConfigFault } from "./config.ts";

const unreachable = new Set(["ER_ACCESS_DENIED_ERROR", "ER_DBACCESS_DENIED_ERROR", "ER_BAD_DB_ERROR", "ETIMEDOUT"]);

/** What a person can mend, in plain lines; `undefined` for a bug, which must be seen whole. */
export function plainly(fault: unknown): string | undefined {
  if (fault instanceof ConfigFault) return fault.message;
  if (fault instanceof OutsideFault && fault.kind === "config") {
    return `the settings of ${fault.system} cannot be used: ${fault.detail ?? "refused"}`;
  }
  const table = missingTable(fault);
  if (table) return `the database has no table ${table} (DATABASE_URL): is it the county's, and was tools/migrate run?`;
  const why = connectFault(fault);
  return why && `the database cannot be reached (DATABASE_URL): ${why}`;
}

type Options = Record<string, { type: "string" }>;
type Given<O extends Options> = { [K in keyof O]?: string };

/** 2 for what the caller gave wrongly, 1 for everything else. */
export const exitCodeOf = (fault: unknown): 1 | 2 =>
  fault instanceof ConfigFault || fault instanceof OutsideFault || misuse(fault) !== undefined ? 2 : 1;

/**
 * Runs a tool to its end with the options it takes (`--name value`). A word that it does not take
 * or a setting at fault ends it with exit code 2; another fault with exit code 1, told plainly where that is enough.
 */
export async function runTool<const O extends Options>(
  options: O,
  work: (given: Given<O>) => Promise<void>,
): Promise<void> {
  try {
    await work(parseArgs({ options }).values as Given<O>);
  } catch (fault) {
    console.error(misuse(fault) ?? plainly(fault) ?? fault);
    process.exitCode = exitCodeOf(fault);
  }
}

/** Node's own words, without the advice on dashes that follows them. */
function misuse(fault: unknown): string | undefined {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  if (!(fault instanceof Error) || !code.startsWith("ERR_PARSE_ARGS_")) return undefined;
  return `not understood: ${fault.message.split(/[.\n]/)[0]}`;
}

function missingTable(fault: unknown, depth = 0): string | undefined {
  if (!(fault instanceof Error) || depth > 5) return undefined;
  if ("code" in fault && fault.code === "ER_NO_SUCH_TABLE") return /'([^']+)'/.exec(fault.message)?.[1] ?? "";
  return missingTable(fault.cause, depth + 1);
}

/** Drizzle wraps the driver's error in `cause`; Node collects those of a name with several addresses in `errors`. */
function connectFault(fault: unknown, depth = 0): string | undefined {
  if (!(fault instanceof Error) || depth > 5) return undefined;
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : "";
  const connecting = "syscall" in fault && (fault.syscall === "connect" || fault.syscall === "getaddrinfo");
  if (connecting || unreachable.has(code)) return fault.message || code;
  const inner = fault instanceof AggregateError ? fault.errors[0] : fault.cause;
  return connectFault(inner, depth + 1);
}
