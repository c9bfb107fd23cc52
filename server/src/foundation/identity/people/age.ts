import { ageOn } from "@weimenhu/domain/base/id-card";
import { dayOf } from "@weimenhu/domain/base/workday";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { openIdCard } from "../verification/sealed.ts";
import { applicationsOf } from "../verification/store.ts";
import { identitiesOf } from "./store.ts";

type Deps = Pick<IdentityDeps, "seal">;

/** Age in years by the ID card that a village verified; null for who is no verified villager. The number itself stays here. */
export const ageOf =
  ({ seal }: Deps) =>
  async (db: Db, person: string, now: number): Promise<number | null> => {
    const verified = (await applicationsOf(db, person)).findLast(({ state }) => state === "verified");
    const card = verified ? openIdCard(seal, verified) : null;
    return card === null ? null : ageOn(card, dayOf(now));
  };

/** What a platform calls a person; the newest, where there were several. */
export async function accountOf(db: Db, person: string, provider: "wechat-mini" | "alipay"): Promise<string | null> {
  return (await identitiesOf(db, person)).findLast((one) => one.provider === provider)?.subject ?? null;
}
