import { generateSync } from "otplib";

const stepSeconds = 30;

/** A person's authenticator. The server takes a code once, of now or of the half minute before or after: each asking gives a fresh one. */
export function authenticator(secrets: ReadonlyMap<string, string>) {
  const used = new Map<string, number>();
  return (name: string): string => {
    const secret = secrets.get(name);
    if (secret === undefined) throw new Error(`${name} has no second factor`);
    const step = Math.floor(Date.now() / 1000 / stepSeconds);
    const next = Math.max(step - 1, (used.get(name) ?? 0) + 1);
    if (next > step + 1) throw new Error(`${name} has used up the codes of this minute`);
    used.set(name, next);
    return generateSync({ secret, epoch: next * stepSeconds });
  };
}
