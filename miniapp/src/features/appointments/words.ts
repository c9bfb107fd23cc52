import type { RefusalWord } from "@weimenhu/contract/refusals";
import { type AppointmentState, appointmentStateNames } from "@weimenhu/domain/appointments/state";
import type { Fault } from "../../fault.ts";
import { dateParts, dayText, timeText } from "../../ui/date.ts";
import type { Tone } from "../../ui/words.tsx";
import type { BookDay, Ticket } from "../../wire.ts";

/** `8:30 到 9:00` */
export const spanText = (start: number, end: number): string => `${timeText(start)} 到 ${timeText(end)}`;

/** `11月24日 周二 08:30 到 09:00` */
export const whenText = ({ start, end }: Pick<Ticket, "start" | "end">): string =>
  `${dayText(start)} ${spanText(start, end)}`;

/** A day to choose: what it is, and whether there is any use in choosing it. */
export function dayWords({ state, free, opensAt, why }: BookDay, now: number): string {
  switch (state) {
    case "free":
      return `还有 ${free} 个`;
    case "full":
      return "约满了";
    case "notYet":
      return opensAt === null ? "还没放号" : `${whenOpens(opensAt, now)}放号`;
    case "closed":
      return why === null ? "不办理" : `不办理：${why}`;
  }
}

function whenOpens(at: number, now: number): string {
  const [then, today] = [dateParts(at), dateParts(now)];
  const same = then.day === today.day && then.month === today.month;
  return same ? `今天 ${timeText(at)} ` : `${then.month}月${then.day}日 ${timeText(at)} `;
}

const tones: Partial<Record<AppointmentState, Tone>> = {
  booked: "pine",
  arrived: "pine",
  done: "pine",
  missed: "seal",
  stopped: "seal",
};
export const stateTag = (state: AppointmentState): { tone: Tone; word: string } => ({
  tone: tones[state] ?? "plain",
  word: appointmentStateNames[state],
});

const about: readonly RefusalWord[] = ["SLOT_FULL", "SLOT_PAST", "SLOT_CLOSED", "NOT_OPEN_YET"];

/** What else is possible, as the refusal says: the next slot that is free. */
export function nextOf(fault: Fault | null): { slot: string; start: number } | null {
  if (fault?.kind !== "refused" || !about.includes(fault.word)) return null;
  const { next } = fault.details;
  if (typeof next !== "object" || next === null || !("slot" in next) || !("start" in next)) return null;
  return typeof next.slot === "string" && typeof next.start === "number"
    ? { slot: next.slot, start: next.start }
    : null;
}

/** Read aloud: everything that one must know to get there. */
export function spokenTicket(ticket: Ticket): string {
  const { offer, number, place } = ticket;
  const where = offer.sort === "visit" ? `上门地址：${place}` : `地点：${offer.house}，${offer.address}`;
  const bring = offer.bring.length > 0 ? `请带上${offer.bring.join("、")}` : "";
  return [`${offer.name}，${stateTag(ticket.state).word}`, whenText(ticket), where, `第 ${number} 号`, bring]
    .filter(Boolean)
    .join("。");
}
