import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { holdsOffice } from "../grants/store.ts";
import { openPhone } from "./phone.ts";
import { identitiesOf, personById } from "./store.ts";

/** What each vendor calls a person, and the phone of one who holds an office now. Nobody else is sent text messages. */
export const reachOf =
  (deps: Pick<IdentityDeps, "seal">) =>
  async (db: Db, id: string): Promise<{ weapp: string | null; alipay: string | null; officePhone: string | null }> => {
    const [row, identities, official] = await Promise.all([
      personById(db.read, id),
      identitiesOf(db, id),
      holdsOffice(db, id, db.clock.now()),
    ]);
    // The newest: an older one is of a phone that was given away.
    const subjectAt = (provider: string) => identities.findLast((one) => one.provider === provider)?.subject ?? null;
    return {
      weapp: subjectAt("wechat-mini"),
      alipay: subjectAt("alipay"),
      officePhone: official && row?.state === "open" ? openPhone(deps.seal, row) : null,
    };
  };
