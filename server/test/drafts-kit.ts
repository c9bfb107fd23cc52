import type { Caller } from "@weimenhu/domain/permissions";
import { expect } from "vitest";
import { farVillage, type Kit, key, noticesKit, personOf, village, words } from "./notices-kit.ts";

/** Three people of one village, each of whom may do one thing to a notice, and one of another. */
export const writer = personOf("committee", village);
export const reviewer = personOf("supervisor", village);
export const publisher = personOf("secretary", village);
export const stranger = personOf("secretary", farVillage);

export const refused = (word: string) => expect.objectContaining({ cause: expect.objectContaining({ word }) });

type Step = Parameters<ReturnType<Kit["as"]>["notices"]["move"]>[0]["move"];

/** Notices on their way to the public. */
export async function draftsKit() {
  const kit = await noticesKit();
  const draft = (caller: Caller, more: object = {}) =>
    kit.as(caller).notices.draft({
      key: key(),
      region: village,
      title: "明日停水",
      category: "outage",
      body: words("检修水管。"),
      ...more,
    });
  const move = (caller: Caller, id: string, version: number, step: Step, more = {}) =>
    kit.as(caller).notices.move({ id, version, move: step, ...more });

  /** Written and reviewed; answers its id. */
  async function approved(more: object = {}): Promise<string> {
    const { id } = await draft(writer, more);
    await move(writer, id, 1, "submit");
    await move(reviewer, id, 1, "approve");
    return id;
  }
  return { ...kit, draft, move, approved };
}
