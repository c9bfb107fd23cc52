import { type Config, type ConfigField, fields, partialShape, shape } from "./config-fields.ts";
import { together } from "./config-kinds.ts";
import { productionFaults, requiredInProduction } from "./config-production.ts";

export type { Config } from "./config-fields.ts";
export type { SignInWay } from "./config-kinds.ts";

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
  const issues = read.success ? [] : read.error.issues;
  const faults = issues.map((issue) => `${issue.path.join(".") || "environment"}: ${issue.message}`);
  for (const names of together) {
    const first = names.find((name) => given[name]);
    const missing = first === undefined ? [] : names.filter((name) => !given[name]);
    faults.push(...missing.map((name) => `${name}: must be given with ${first}`));
  }
  if (given["NODE_ENV"] === "production") {
    // What can be read is judged beside what cannot, so that one round tells everything.
    const wrong = new Set(issues.map((issue) => issue.path[0]));
    const readable = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
    faults.push(...productionFaults(partialShape.parse(readable), given));
  }
  if (!read.success || faults.length > 0) throw new ConfigFault(faults);
  return read.data;
}

/** What stands while the number of the government app is applied for. */
export const filingInPreparation = "in-preparation";

export type ConfigRow = { name: string; fallback: string; production: string; meaning: string };

/** Name, default, what production asks for, and meaning of every variable, for the operations manual. */
export function describeConfig(): ConfigRow[] {
  return Object.entries<ConfigField>(fields).map(([name, field]) => {
    const fallback = field.safeParse(undefined);
    const way = requiredInProduction(name);
    const needed = !fallback.success || way === null ? "required" : way ? `required unless \`${way}\` is off` : "";
    return { name, fallback: shown(fallback.data), production: needed, meaning: field.description ?? "" };
  });
}

function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
