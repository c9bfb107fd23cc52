import { calendarOf } from "@weimenhu/domain/base/workday";
import type { Caller } from "@weimenhu/domain/permissions";
import type { CasesDeps } from "../src/foundation/cases/deps.ts";
import { runClock } from "../src/foundation/cases/service.clock.ts";
import { type By, move, raise, type Step } from "../src/foundation/cases/service.ts";
import * as store from "../src/foundation/cases/store.ts";
import { inTx } from "../src/kernel/tx.ts";
import { openRoom, somebody } from "./room.ts";

export const caseVillage = "990101101201";
export const caseTown = "990101101000";
export const october = Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`);
export const caseDeps: CasesDeps = { calendar: () => calendarOf({ holidays: october, makeUps: ["2026-10-10"] }) };

export const author = somebody([], { villager: [caseVillage] });
export const secretary = somebody([{ role: "secretary", region: caseVillage }]);
export const clerk = somebody([{ role: "clerk", region: caseTown }]);
export const otherSecretary = somebody([{ role: "secretary", region: "990101101202" }]);
export const by = (caller: Caller): By => ({
  caller,
  mark: caller === author ? "villager" : "official",
  title: "村书记",
});

/** A room with nothing but cases in it, on a Monday morning, and what people do there without the wire. */
export async function caseRoom() {
  const room = await openRoom(Date.parse("2026-11-16T10:00:00+08:00"));
  let count = 0;
  return {
    room,
    async raised(more: { photo?: boolean } = {}): Promise<string> {
      const what = {
        subject: `post:${++count}`,
        village: caseVillage,
        author: author.personId,
        summary: "村口垃圾",
        photo: false,
        ...more,
      };
      return (await inTx(room.db, (tx) => raise(caseDeps, tx, room.clock, what, by(author)))).id;
    },
    act: (caller: Caller, id: string, step: Step) =>
      inTx(room.db, (tx) => move(caseDeps, tx, room.clock, id, step, by(caller))),
    async now(id: string) {
      const row = await store.byId(room.db.read, id);
      if (!row) throw new Error("no such case");
      return row;
    },
    clockRuns: () => runClock(caseDeps, room.db, room.clock, async () => undefined),
  };
}
