import type * as z from "zod/mini";
import * as core from "zod/v4/core";

/**
 * The same shape, checking the same, with its objects read by generated code. The contract is written in zod/mini, which
 * phones can carry and which walks each object key by key; on the server that costs five times as much. Kinds of shape not
 * listed here stay as they are.
 */
export function compiled<S extends z.ZodMiniType>(shape: S): S {
  return faster(shape) as S;
}

function faster(schema: core.$ZodType): core.$ZodType {
  const { def } = (schema as core.$ZodTypes)._zod;
  const again = (changed: core.$ZodTypeDef) => core.clone(schema, changed);
  switch (def.type) {
    case "object":
      return new core.$ZodObjectJIT({ ...def, shape: mapped(def.shape) });
    case "array": {
      const changed = { ...def, element: faster(def.element) };
      return again(changed);
    }
    case "optional":
    case "nullable": {
      const changed = { ...def, innerType: faster(def.innerType) };
      return again(changed);
    }
    default:
      return schema;
  }
}

const mapped = (fields: core.$ZodShape): core.$ZodShape =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, faster(field)]));
