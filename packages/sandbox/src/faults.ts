/**
 * How an outside system misbehaves.
 * delay: answers after `ms` · drop: cuts the connection before doing anything · lost: does it, then cuts the connection ·
 * 5xx: answers 503 · malformed: half a JSON or XML document · bad-signature: signs with another key · rate-limit, quota and busy: the
 * vendor's own words for them · cut: half of what was promised, then the connection ends · wrong-type: another content type than was
 * asked for · double: a create is done twice, whatever its condition · stale: somebody else changes it right before an update. The
 * rest belongs to the portal, see portal.ts.
 */
export type FaultKind =
  | "delay"
  | "drop"
  | "lost"
  | "5xx"
  | "malformed"
  | "bad-signature"
  | "unsigned"
  | "duplicate-node"
  | "rate-limit"
  | "quota"
  | "busy"
  | "cut"
  | "wrong-type"
  | "double"
  | "stale"
  | "huge"
  | "bomb"
  | "redirect-loop"
  | "redirect-inside"
  | "wrong-charset"
  | "script-item"
  | "huge-item"
  | "duplicate-id"
  | "internal-link";

export type Fault = {
  kind: FaultKind;
  /** Part of the path (or, for Alipay and text messages, the method or action) that it strikes; everything when left out. */
  on?: string;
  /** How many requests it strikes; 1 when left out, 0 means until cleared. */
  times?: number;
  /** For delay. */
  ms?: number;
};

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  /** The first planned fault of one of these kinds for a request of this name; uses it up. */
  take<K extends FaultKind>(name: string, kinds: readonly K[]): (Fault & { kind: K }) | undefined;
};

export function createFaults(): Faults {
  const planned: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) =>
      void planned.push({ fault, left: fault.times === 0 ? Number.POSITIVE_INFINITY : (fault.times ?? 1) }),
    clear: () => void planned.splice(0),
    take<K extends FaultKind>(name: string, kinds: readonly K[]) {
      const isKind = (kind: FaultKind): kind is K => kinds.some((one) => one === kind);
      const at = planned.findIndex(({ fault }) => isKind(fault.kind) && name.includes(fault.on ?? ""));
      const found = planned[at];
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) planned.splice(at, 1);
      const { kind } = found.fault;
      return isKind(kind) ? { ...found.fault, kind } : undefined;
    },
  };
}
