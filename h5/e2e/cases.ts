/** Cases as the village meets them: raised by a villager, and moved by the secretary as far as a walk needs. */
import type { CaseMove, RefusalReason } from "@weimenhu/domain/cases/state";
import { type County, people } from "./county.ts";

/** One act of the secretary, or of the villager who raised it. */
export type Act = { move: CaseMove; text?: string; reason?: RefusalReason; by?: string };
export type RaisedCase = { id: string; post: string };

let count = 0;
const key = (): string => `walk-case-${String(++count).padStart(8, "0")}`;

/** A villager's post that became a case, moved on by these acts. */
export async function raiseCase(county: County, text: string, acts: readonly Act[] = []): Promise<RaisedCase> {
  const { api } = await county.person(people.villager);
  const { village } = county;
  const post = await api.circle.post.mutate({ key: key(), village: village.code, kind: "help", text });
  if (!post.case) throw new Error("the post is no case");
  await moveCase(county, post.case.id, acts);
  return { id: post.case.id, post: post.id };
}

export async function moveCase(county: County, id: string, acts: readonly Act[]): Promise<void> {
  for (const { by = people.secretary, ...act } of acts) {
    const { api } = await county.person(by);
    await api.cases.move.mutate({ id, key: key(), ...act });
  }
}

/** A post that another villager has reported. */
export async function reported(county: County, text: string): Promise<string> {
  const { api } = await county.person(people.villager);
  const post = await api.circle.post.mutate({ key: key(), village: county.village.code, kind: "chat", text });
  await (await county.person(people.elder)).api.circle.report.mutate({ id: post.id, why: "这是广告" });
  return post.id;
}

/** A complaint whose author hides from the neighbours. */
export async function hiddenPost(county: County, text: string): Promise<RaisedCase> {
  const { api } = await county.person(people.villager);
  const input = { village: county.village.code, kind: "oversight" as const, hideMe: true, text };
  const post = await api.circle.post.mutate({ key: key(), ...input });
  if (!post.case) throw new Error("the post is no case");
  return { id: post.case.id, post: post.id };
}
