import type { Sms } from "@weimenhu/connectors/ports";
import { startWords } from "@weimenhu/domain/appointments/reminders";
import type { Behalf } from "@weimenhu/domain/appointments/rules";
import * as z from "zod/mini";
import { type Telling, tell } from "../../foundation/messages/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import { enqueue, GiveUp, type Handler } from "../../kernel/outbox.ts";
import { refuse } from "../../kernel/refuse.ts";
import { inTx, type Tx } from "../../kernel/tx.ts";
import type { AppointmentsDeps, RealPerson } from "./deps.ts";
import * as store from "./store.ts";

/** Whom something is done for. `real` null: nobody has verified them, or they were not asked for. */
export type ForWhom = { behalf: Behalf; real: RealPerson | null; person: string | null; mandate: string | null };

/** The caller, or the principal of the caller's mandate. */
export async function forWhom(deps: AppointmentsDeps, ctx: Ctx, mandate: string | undefined): Promise<ForWhom> {
  const { personId } = signedIn(ctx);
  if (mandate === undefined)
    return { behalf: "self", real: await deps.realPerson(ctx.db, personId), person: personId, mandate: null };
  const found = await deps.principalOf(ctx, mandate, "appointments");
  if (found === "none" || found === "ended") return { behalf: found, real: null, person: null, mandate };
  return { behalf: "mandate", real: found, person: found.person, mandate };
}

/** As `forWhom`, and refuses where nobody can be named. */
export async function realForWhom(
  deps: AppointmentsDeps,
  ctx: Ctx,
  mandate: string | undefined,
): Promise<ForWhom & { real: RealPerson }> {
  const who = await forWhom(deps, ctx, mandate);
  const { real, behalf } = who;
  if (behalf === "none" || behalf === "ended") throw refuse(behalf === "none" ? "MANDATE_FIRST" : "MANDATE_ENDED");
  if (real === null) throw refuse("REAL_NAME_FIRST");
  return { ...who, real };
}

type Row = Pick<store.AppointmentRow, "id" | "holder" | "person" | "mandate" | "region">;

/** Whoever booked, and whoever it is for. */
export const bothOf = ({ holder, person }: Pick<Row, "holder" | "person">): string[] => [
  ...new Set([holder, ...(person === null ? [] : [person])]),
];

type News = Pick<Telling, "kind" | "key" | "ringUntil"> & {
  summary: string /** Of a text message: 约好了, 取消了. */;
  state: string;
};

/** Tells both what became of it, and the principal's phone, where somebody else booked. `but`: who knows it already. */
export async function tellBoth(tx: Tx, clock: Clock, row: Row, news: News, but: string | null = null): Promise<void> {
  const { summary, state, ...telling } = news;
  const to = bothOf(row).filter((one) => one !== but);
  await tell(tx, clock, {
    ...telling,
    ...{ to, region: row.region },
    about: { page: "ticket", id: row.id },
    words: { summary },
  });
  if (row.mandate !== null && (but === null || row.person !== but))
    await enqueue(tx, { kind: behalfJob, key: `${news.key}:text`, payload: { id: row.id, state } });
}

export const behalfJob = "appointment.behalf";
const payload = z.object({ id: z.string(), state: z.string() });

export type TextDeps = {
  db: Db;
  /** Null where the county has no template for it. */
  text: NonNullable<Sms["behalf"]> | null;
  principalPhone: (db: Db, mandate: string) => Promise<string | null>;
};

/** A text message to the phone of whoever it was booked for: the department of a hospital is not named. */
export function textPrincipal({ db, text, principalPhone }: TextDeps): Handler {
  return async (job) => {
    const { id, state } = payload.parse(job.payload);
    const row = await store.appointmentById(db.read, id);
    const offer = row && (await store.offerById(db.read, row.offer));
    const phone = text && row?.mandate ? await principalPhone(db, row.mandate) : null;
    if (text && row && offer && phone !== null) {
      const answer = await text(phone, { state, time: startWords(row.startAt), place: offer.house });
      // A number that is no more, or gets too many, is nobody's fault here.
      if ("no" in answer && answer.no === "unpaid")
        throw new GiveUp("the account at the text message vendor is stopped");
    }
    await inTx(db, (tx) => job.finish(tx));
  };
}
