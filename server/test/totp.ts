import { setTimeout as sleep } from "node:timers/promises";
import { generateSync } from "otplib";

const stepMs = 30_000;

/**
 * A person's authenticator. The server takes a code once, of now or of the half minute before or after. Each asking gives
 * a fresh one that stays good for at least another half minute, however slow the typing; the third in a row is waited for.
 */
export function authenticator(secrets: ReadonlyMap<string, string>) {
  const used = new Map<string, number>();
  return async (name: string): Promise<string> => {
    const secret = secrets.get(name);
    if (secret === undefined) throw new Error(`${name} has no second factor`);
    const step = Math.max(Math.floor(Date.now() / stepMs), (used.get(name) ?? 0) + 1);
    used.set(name, step);
    await sleep(Math.max(0, (step - 1) * stepMs - Date.now()));
    return generateSync({ secret, epoch: (step * stepMs) / 1000 });
  };
}
