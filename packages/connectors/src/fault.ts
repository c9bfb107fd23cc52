/** What went wrong outside. A vendor's clear "no" is a value of the port, never one of these. */
export type FaultKind =
  /** No answer in time. The effect may have happened. */
  | "timeout"
  /** Connection refused, reset or cut, or an answer 5xx. */
  | "down"
  /** The address is not one that we may call. Nothing was sent. */
  | "refused-address"
  /** The answer is larger than allowed, compressed or unpacked. */
  | "too-large"
  /** Too many redirects, a loop, or a redirect without a target. */
  | "redirects"
  /** The system failed too often a moment ago; nothing was sent. */
  | "circuit-open"
  /** An answer came that cannot be trusted or understood. The effect may have happened. */
  | "bad-answer"
  /** The vendor says: later. Nothing happened. */
  | "busy"
  /** The vendor refuses our credentials, signature or clock, or a setting is unusable. Staff must look. */
  | "config";

const NOTHING_HAPPENED: ReadonlySet<FaultKind> = new Set(["refused-address", "circuit-open", "busy", "config"]);

export type FaultDetail = {
  /** A word for staff, written by us or a vendor's error code; never a body, a parameter or a person's data. */
  detail?: string;
  /** The redacted address, see `redactUrl`. */
  where?: string;
  /** HTTP status, where one came. */
  status?: number;
  /** True when it is known that the request never reached the other side (for example: connection refused). */
  unsent?: boolean;
};

/**
 * A call to the outside did not end in an answer. Carries the system's name, a kind and redacted facts only, so it can be
 * logged whole: it has no `cause`, because the errors of HTTP libraries hold the request with its secrets.
 */
export class OutsideFault extends Error {
  readonly kind: FaultKind;
  readonly system: string;
  readonly detail: string | undefined;
  readonly where: string | undefined;
  readonly status: number | undefined;
  /** True when the other side may have acted all the same: ask it before repeating anything that is not idempotent. */
  readonly unknown: boolean;

  constructor(system: string, kind: FaultKind, facts: FaultDetail = {}) {
    super(`${system}: ${kind}${facts.detail ? ` (${facts.detail})` : ""}${facts.where ? ` at ${facts.where}` : ""}`);
    this.name = "OutsideFault";
    this.kind = kind;
    this.system = system;
    this.detail = facts.detail;
    this.where = facts.where;
    this.status = facts.status;
    this.unknown = !(facts.unsent || NOTHING_HAPPENED.has(kind));
  }

  toJSON(): Record<string, unknown> {
    const { name, system, kind, detail, where, status, unknown } = this;
    return { name, system, kind, detail, where, status, unknown };
  }
}

/**
 * An address that may be logged: no user name, no fragment, and no value of any query parameter (vendors put secrets,
 * tokens and one-time codes there under ever new names, so values are dropped without a list).
 */
export function redactUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return "(unreadable address)";
  const names = [...new Set(parsed.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`);
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}${names.length > 0 ? `?${names.join("&")}` : ""}`;
}
