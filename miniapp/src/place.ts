/** A place that is looked at: chosen here without an account, or one that the account follows. */
export type Place = { code: string; name: string };

export const isPlace = (value: unknown): value is Place =>
  typeof value === "object" && value !== null && "code" in value && "name" in value;
