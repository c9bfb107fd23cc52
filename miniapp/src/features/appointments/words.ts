import type { RefusalWord } from "@weimenhu/contract/refusals";
import { type AppointmentState, appointmentStateNames } from "@weimenhu/domain/appointments/state";
import type { Fault } from "../../fault.ts";
import { dateParts, dayText, timeText } from "../../ui/date.ts";
import type { Tone } from "../../ui/words.tsx";
import type { BookDay, Slots, Ticket } from "../../wire.ts";

/** A hospital's departments: the same question wherever it is asked. */
export const hospitalOffers = { sort: "hospital" } as const;

/** `8:30 到 9:00` */
export const spanText = (start: number, end: number): string => `${timeText(start)} 到 ${timeText(end)}`;

/** `11月24日 周二 08:30 到 09:00` */
export const whenText = ({ start, end }: Pick<Ticket, "start" | "end">): string =>
  `${dayText(start)} ${spanText(start, end)}`;

/** Whose it is, where one booked for another. */
export const behalfText = ({ behalf, name }: Pick<Ticket, "behalf" | "name">): string =>
  behalf === "for" ? `给 ${name} 约的` : behalf === "by" ? "别人替我约的" : "";

/** A slot to choose; of a hospital the doctor comes first. */
export function slotChoice({ id, start, end, free, doctor }: Slots["slots"][number]) {
  const left = `还有 ${free} 个`;
  if (!doctor) return { key: id, word: spanText(start, end), under: left };
  const half = dateParts(start).hour < 12 ? "上午" : "下午";
  const good = doctor.goodAt === "" ? [] : [`擅长：${doctor.goodAt}`];
  return {
    key: id,
    word: `${doctor.name} ${doctor.title}`.trim(),
    under: [`${half} ${spanText(start, end)}`, left, ...good].join(" · "),
  };
}

/** Why a hospital gave no place, in words that say what to do; its own words where it found some. */
const hospitalNo: Readonly<Record<string, string>> = {
  taken: "最后一个号刚被别人约走了，请选别的时间",
  stopped: "医生停诊了，请选别的时间",
  past: "时间已经过了，请选别的时间",
  "not-open": "医院还没有放这个号，请晚点再试",
  name: "姓名和医院登记的不一样，请带身份证到医院窗口改好再约",
  register: "医院的登记里有两个您，请带身份证到医院窗口处理",
  "same-day": "您这天在这一科已经有号了",
  moved: "医院改了这个时间，请重新选",
  lapsed: "医院没有留住这个号，请重新约",
  ended: "医院没有留住这个号，请重新约",
  refused: "医院没有同意，请打电话问医院",
  "no-answer": "医院的系统一直没有回应，号没有约上，请晚点再试",
  "real-name": "没有找到您认证的姓名和身份证号，请先认证成为村民",
};
export const whyText = (why: string): string => hospitalNo[why] ?? why;

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
  const turn = number > 0 ? `第 ${number} 号` : "";
  const who = ticket.doctor ? `${ticket.doctor.name}医生` : "";
  const where = offer.sort === "visit" ? `上门地址：${place}` : `地点：${offer.house}，${offer.address}`;
  const bring = offer.bring.length > 0 ? `请带上${offer.bring.join("、")}` : "";
  return [`${offer.name}，${stateTag(ticket.state).word}`, whenText(ticket), who, where, turn, bring]
    .filter(Boolean)
    .join("。");
}
