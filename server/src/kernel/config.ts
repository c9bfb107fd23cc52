import { type Config, type ConfigField, fields, shape } from "./config-fields.ts";
import { productionFaults } from "./config-production.ts";

export type { Config } from "./config-fields.ts";

/** Every fault of the configuration, one line each, named by its variable. */
export class ConfigFault extends Error {
  override readonly name = "ConfigFault";
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(`the configuration has ${lines.length} fault(s):\n${lines.map((line) => `  ${line}`).join("\n")}`);
    this.lines = lines;
  }
}

/** Reads and checks the environment; an empty value counts as missing. Throws a `ConfigFault` that lists all faults. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(fields).map((name) => [name, env[name]?.trim() === "" ? undefined : env[name]?.trim()]),
  );
  const read = shape.safeParse(given);
  if (!read.success) {
    throw new ConfigFault(
      read.error.issues.map((issue) => `${issue.path.join(".") || "environment"}: ${issue.message}`),
    );
  }
  if (read.data.NODE_ENV === "production") {
    const faults = productionFaults(read.data, given);
    if (faults.length > 0) throw new ConfigFault(faults);
  }
  return read.data;
}

/** Name, meaning and default of every variable, for the operations manual. */
export function describeConfig(): { name: string; meaning: string; fallback: string }[] {
  return Object.entries<ConfigField>(fields).map(([name, field]) => {
    const fallback = field.safeParse(undefined);
    const shown =
      fallback.success && fallback.data !== undefined ? JSON.stringify(fallback.data).replaceAll(/^"|"$/g, "") : "";
    return { name, meaning: field.description ?? "", fallback: fallback.success ? shown : "required" };
  });
}
