/** Who comes along on the walks, and in what state they come. */
import type { Body } from "@weimenhu/domain/body";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import type { Platform } from "@weimenhu/minihost";
import { demoRoster, roster, type Villager } from "../../server/test/seed/people.ts";
import { type County, committee, secretary, supervisor, zhuxi } from "./kit.ts";

/** People of the roster who have no account yet. */
export const newcomers: Villager[] = roster(56 - demoRoster().length).slice(30);

/** The session of somebody new to an office, who signed in with a code by message: for staff not proof enough. */
export async function newStaff(county: County, platform: Platform, phone: string): Promise<string> {
  const { world } = county;
  const secadmin = await county.as("19900000031");
  await county.as(phone);
  await secadmin.grants.give.mutate({ phone, role: "committee", region: zhuxi.code, name: "周清明" });
  const api = world.anybody(platform);
  const consent = privacyVersion;
  await api.signIn.requestCode.mutate({ phone, consent });
  const { token } = await api.signIn.withCode.mutate({ phone, code: await world.codeOn(phone), consent });
  if (token === null) throw new Error("no session was given");
  return token;
}

/** Somebody waits for the secretary: their name is not the roster's. */
export async function applied(county: County): Promise<void> {
  const line = newcomers.at(-1);
  if (!line) throw new Error("the roster is too short");
  const api = await county.as("19900000961");
  const { items } = await api.verification.mine.query({});
  if (items.length > 0) return;
  const { idCard, group } = line;
  const name = `${line.name.slice(0, 1)}小`;
  await api.verification.submit.mutate({
    key: "walk-apply-00001",
    region: zhuxi.code,
    name,
    idCard,
    group,
    consent: true,
  });
}

/** A notice of the village, written, reviewed and published by three people; its id. */
export async function published(
  { as }: County,
  title: string,
  body: Body,
  attachments: string[] = [],
): Promise<string> {
  const [author, reviewer, publisher] = [await as(committee), await as(supervisor), await as(secretary)];
  const { id, ...draft } = await author.notices.draft.mutate({
    key: crypto.randomUUID(),
    region: zhuxi.code,
    title,
    category: "announcement",
    body,
    attachments,
  });
  let { version } = draft;
  const steps = [
    [author, "submit"],
    [reviewer, "approve"],
    [publisher, "publish"],
  ] as const;
  for (const [api, move] of steps) ({ version } = await api.notices.move.mutate({ id, version, move }));
  return id;
}
