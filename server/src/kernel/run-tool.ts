import { OutsideFault } from "@weimenhu/connectors/fault";
import { ConfigFault } from "./config.ts";

const unreachable = new Set(["ER_ACCESS_DENIED_ERROR", "ER_DBACCESS_DENIED_ERROR", "ER_BAD_DB_ERROR", "ETIMEDOUT"]);

/** What a person can mend, in plain lines; `undefined` for a bug, which must be seen whole. */
export function plainly(fault: unknown): string | undefined {
  if (fault instanceof ConfigFault) return fault.message;
  if (fault instanceof OutsideFault && fault.kind === "config") {
    return `the settings of ${fault.system} cannot be used: ${fault.detail ?? "refused"}`;
  }
  const why = connectFault(fault);
  return why && `the database cannot be reached (DATABASE_URL): ${why}`;
}

/** Runs a tool to its end; a fault ends it with exit code 1, told plainly where that is enough. */
export async function runTool(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    console.error(plainly(fault) ?? fault);
    process.exitCode = 1;
  }
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
