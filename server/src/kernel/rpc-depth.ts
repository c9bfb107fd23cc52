const maxDepth = 64;

/**
 * Whether a JSON value is nested deeper than any input of ours: shapes that hold themselves are read by recursion, and
 * what is nested ten thousand times would exhaust the stack. Goes level by level, so it has no such limit itself.
 */
export function isTooDeep(value: unknown): boolean {
  let level = isNested(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const below: object[] = [];
    for (const one of level) for (const part of Object.values(one)) if (isNested(part)) below.push(part);
    level = below;
  }
  return false;
}

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;
