import { buildSample } from "./sample.ts";

/** Vitest's global set-up: the sample app is there, built from what lies in its folder. */
export default async function setup(): Promise<void> {
  await buildSample();
}
