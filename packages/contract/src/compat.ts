/**
 * May a mini-program that was built against an older contract still talk to this one? Builds live on phones for weeks,
 * so shapes may only grow: inputs accept at least what they accepted, outputs give at least what they gave.
 */
export type JsonSchema = { [key: string]: unknown };
export type WireSnapshot = Record<string, { kind: "query" | "mutation"; input: JsonSchema; output: JsonSchema }>;

/** One line for each change that would break an old client; empty when it may be released. */
export function incompatibilities(before: WireSnapshot, after: WireSnapshot): string[] {
  return Object.entries(before).flatMap(([name, old]) => {
    const now = after[name];
    if (!now) return [`${name}: removed`];
    if (now.kind !== old.kind) return [`${name}: was a ${old.kind}, is a ${now.kind}`];
    return [
      ...narrower(old.input, now.input, `${name} input`),
      // What the new server gives must be acceptable to a client that expects the old shape.
      ...poorer(old.output, now.output, `${name} output`),
    ];
  });
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const child = (schema: JsonSchema, key: string): JsonSchema | undefined =>
  isSchema(schema[key]) ? schema[key] : undefined;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Does the new input refuse something that the old one took? */
function narrower(old: JsonSchema, now: JsonSchema, at: string): string[] {
  if (same(old, now)) return [];
  const faults: string[] = [];
  for (const field of list(now.required))
    if (!list(old.required).includes(field)) faults.push(`${at}.${field}: newly required`);
  for (const [field, schema] of Object.entries(child(old, "properties") ?? {})) {
    const next = child(now, "properties")?.[field];
    if (!isSchema(next)) faults.push(`${at}.${field}: no longer taken`);
    else if (isSchema(schema)) faults.push(...narrower(schema, next, `${at}.${field}`));
  }
  faults.push(...changedLeaf(old, now, at));
  for (const value of list(old.enum))
    if ("enum" in now && !list(now.enum).includes(value)) faults.push(`${at}: "${value}" no longer taken`);
  for (const [bound, tighter] of [
    ["maxLength", -1],
    ["maximum", -1],
    ["maxItems", -1],
    ["minLength", 1],
    ["minimum", 1],
    ["minItems", 1],
  ] as const)
    if (typeof now[bound] === "number" && (typeof old[bound] !== "number" || (now[bound] - old[bound]) * tighter > 0))
      faults.push(`${at}: ${bound} tighter`);
  const [a, b] = [child(old, "items"), child(now, "items")];
  if (a && b) faults.push(...narrower(a, b, `${at}[]`));
  faults.push(...branches(old, now, at, narrower));
  return faults;
}

/** Does the new output lack something that an old client reads? */
function poorer(old: JsonSchema, now: JsonSchema, at: string): string[] {
  if (same(old, now)) return [];
  const faults: string[] = [];
  for (const [field, schema] of Object.entries(child(old, "properties") ?? {})) {
    const next = child(now, "properties")?.[field];
    if (!isSchema(next)) faults.push(`${at}.${field}: no longer given`);
    else if (list(old.required).includes(field) && !list(now.required).includes(field))
      faults.push(`${at}.${field}: no longer always given`);
    else if (isSchema(schema)) faults.push(...poorer(schema, next, `${at}.${field}`));
  }
  faults.push(...changedLeaf(old, now, at));
  const [a, b] = [child(old, "items"), child(now, "items")];
  if (a && b) faults.push(...poorer(a, b, `${at}[]`));
  const [wasNullable, isNullable] = [nullable(old), nullable(now)];
  if (!wasNullable && isNullable) faults.push(`${at}: may newly be null`);
  faults.push(...branches(old, now, at, poorer));
  return faults;
}

function changedLeaf(old: JsonSchema, now: JsonSchema, at: string): string[] {
  const faults: string[] = [];
  if (!same(old.type, now.type)) faults.push(`${at}: was ${JSON.stringify(old.type)}, is ${JSON.stringify(now.type)}`);
  if (!same(old.const, now.const)) faults.push(`${at}: constant changed`);
  if (!same(old.pattern, now.pattern)) faults.push(`${at}: pattern changed`);
  if (!same(old.$ref, now.$ref)) faults.push(`${at}: refers to another shape`);
  return faults;
}

const nullable = (schema: JsonSchema): boolean =>
  list(schema.anyOf).some((branch) => isSchema(branch) && branch.type === "null");

/** Every branch of a union that was there must still be there, unchanged or grown. */
function branches(old: JsonSchema, now: JsonSchema, at: string, faultsOf: typeof poorer): string[] {
  return ["anyOf", "oneOf"].flatMap((key) => {
    const next = list(now[key]).filter(isSchema);
    return list(old[key])
      .filter(isSchema)
      .filter(
        (branch) =>
          !next.some(
            (candidate) =>
              same(candidate, branch) ||
              (same(candidate.type, branch.type) && faultsOf(branch, candidate, at).length === 0),
          ),
      )
      .map(() => `${at}: a branch of the union changed`);
  });
}
