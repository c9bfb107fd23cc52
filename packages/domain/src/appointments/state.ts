/**
 * The life of an appointment (预约). One table; the server obeys it, the clients show it. `hospital`: the place is a hospital's,
 * which says yes or no in its own time; of our own schedules it is ours at once.
 */
export const appointmentStates = [
  "asked",
  "unknown",
  "booked",
  "cancelling",
  "arrived",
  "done",
  "missed",
  "excused",
  "cancelled",
  "stopped",
  "refused",
  "past",
] as const;
export type AppointmentState = (typeof appointmentStates)[number];

export const appointmentStateNames: Record<AppointmentState, string> = {
  asked: "正在确认",
  unknown: "等待医院确认",
  booked: "已约好",
  cancelling: "正在取消",
  arrived: "已签到",
  done: "已办好",
  missed: "没有来",
  excused: "没有来（不计）",
  cancelled: "已取消",
  stopped: "停诊或停办",
  refused: "没有约上",
  past: "已过时间",
};

/** In these a place is taken: what a slot counts as taken is the number of its appointments in them. */
export const placeHeld: readonly AppointmentState[] = [
  "asked",
  "unknown",
  "booked",
  "cancelling",
  "arrived",
  "done",
  "missed",
  "excused",
  "past",
];
/** Still to come: what counts towards how many one may have. */
export const stillOpen: readonly AppointmentState[] = ["asked", "unknown", "booked", "cancelling"];

export const appointmentMoves = [
  "confirm",
  "doubt",
  "refuse",
  "cancel",
  "askCancel",
  "cancelled",
  "keep",
  "stop",
  "shift",
  "checkIn",
  "finish",
  "miss",
  "excuse",
  "came",
  "pass",
] as const;
export type AppointmentMove = (typeof appointmentMoves)[number];

/** Source: whoever owns the places, the hospital's system or our own. Holder: who booked, or for whom. Staff: of the place. Upper: those above. */
export type AppointmentActor = "source" | "holder" | "staff" | "upper" | "clock";

export type AppointmentRule = {
  from: readonly AppointmentState[];
  to: AppointmentState | "same";
  actors: readonly AppointmentActor[];
  needs?: readonly AppointmentNeed[];
};

const waiting = ["asked", "unknown"] as const;

export const appointmentTable: Record<AppointmentMove, AppointmentRule> = {
  confirm: { from: waiting, to: "booked", actors: ["source"] },
  // No answer in time is neither a yes nor a no: the place stays taken until the hospital was asked again.
  doubt: { from: ["asked"], to: "unknown", actors: ["source"] },
  refuse: { from: waiting, to: "refused", actors: ["source"] },
  cancel: { from: ["booked"], to: "cancelled", actors: ["holder"], needs: ["own", "inTime"] },
  // The hospital gives its place back: until it says so, nobody may be promised it.
  askCancel: {
    from: ["asked", "unknown", "booked"],
    to: "cancelling",
    actors: ["holder"],
    needs: ["hospital", "inTime"],
  },
  cancelled: { from: ["cancelling"], to: "cancelled", actors: ["source"] },
  keep: { from: ["cancelling"], to: "booked", actors: ["source"] },
  stop: { from: [...waiting, "booked", "cancelling"], to: "stopped", actors: ["source", "staff"], needs: ["text"] },
  shift: { from: ["booked"], to: "same", actors: ["source", "staff"], needs: ["text"] },
  checkIn: { from: ["booked"], to: "arrived", actors: ["staff"], needs: ["onDay"] },
  finish: { from: ["booked", "arrived"], to: "done", actors: ["staff"], needs: ["visit", "begun", "photo"] },
  miss: { from: ["booked", "cancelling", "past"], to: "missed", actors: ["staff", "clock", "source"], needs: ["over"] },
  // Its own desk saw the person, be it late.
  came: {
    from: ["booked", "cancelling", "past", "missed"],
    to: "done",
    actors: ["source"],
    needs: ["hospital", "begun"],
  },
  // The hospital never said who came.
  pass: { from: ["booked"], to: "past", actors: ["clock"], needs: ["hospital", "over"] },
  // Who could not come for a reason says so; whoever marked it does not decide.
  excuse: { from: ["missed"], to: "excused", actors: ["upper"], needs: ["text", "markedByOther"] },
};

export type AppointmentNeed =
  | "own"
  | "hospital"
  | "inTime"
  | "text"
  | "onDay"
  | "begun"
  | "over"
  | "visit"
  | "photo"
  | "markedByOther";

/** Facts of an appointment that decide about its moves. Times in epoch milliseconds. */
export type AppointmentFacts = {
  state: AppointmentState;
  sort: AppointmentSort;
  /** Whose places. */
  source: "own" | "hospital";
  start: number;
  end: number;
  /** Until when it may be cancelled. */
  cancelUntil: number;
  /** The day of `start`, from its first to its last moment. */
  day: { from: number; to: number };
  /** Did the one who would move it mark that nobody came? */
  marked: boolean;
};

/** Hospital departments and doctors, windows of a service hall, visits at home. */
export const appointmentSorts = ["hospital", "hall", "visit"] as const;
export type AppointmentSort = (typeof appointmentSorts)[number];

export type AppointmentWords = { now: number; text?: string; photos?: number };

export type AppointmentNo =
  | "NOT_ALLOWED"
  | "WRONG_STATE"
  | "TEXT_NEEDED"
  | "CANCEL_TOO_LATE"
  | "NOT_THIS_DAY"
  | "TOO_EARLY"
  | "NOT_HERE"
  | "AFTER_PHOTO_NEEDED"
  | "SAME_PERSON";

type Met = (facts: AppointmentFacts, words: AppointmentWords) => boolean;
const needs: Record<AppointmentNeed, { no: AppointmentNo; met: Met }> = {
  own: { no: "NOT_HERE", met: ({ source }) => source === "own" },
  hospital: { no: "NOT_HERE", met: ({ source }) => source === "hospital" },
  inTime: { no: "CANCEL_TOO_LATE", met: ({ cancelUntil }, { now }) => now < cancelUntil },
  text: { no: "TEXT_NEEDED", met: (_, { text = "" }) => text.trim() !== "" },
  onDay: { no: "NOT_THIS_DAY", met: ({ day }, { now }) => now >= day.from && now < day.to },
  begun: { no: "TOO_EARLY", met: ({ day }, { now }) => now >= day.from },
  over: { no: "TOO_EARLY", met: ({ end }, { now }) => now >= end },
  visit: { no: "NOT_HERE", met: ({ sort }) => sort === "visit" },
  photo: { no: "AFTER_PHOTO_NEEDED", met: (_, { photos = 0 }) => photos > 0 },
  markedByOther: { no: "SAME_PERSON", met: ({ marked }) => !marked },
};

/** The state after the move, or the word that refuses it. */
export function moveAppointment(
  facts: AppointmentFacts,
  actors: readonly AppointmentActor[],
  move: AppointmentMove,
  words: AppointmentWords,
): { to: AppointmentState } | { no: AppointmentNo } {
  const rule = appointmentTable[move];
  if (!rule.actors.some((actor) => actors.includes(actor))) return { no: "NOT_ALLOWED" };
  if (!rule.from.includes(facts.state)) return { no: "WRONG_STATE" };
  const unmet = rule.needs?.find((need) => !needs[need].met(facts, words));
  if (unmet) return { no: needs[unmet].no };
  return { to: rule.to === "same" ? facts.state : rule.to };
}

/** Only moves that would be accepted now, given the words they ask for: what the clients show as buttons. */
export const allowedAppointmentMoves = (
  facts: AppointmentFacts,
  actors: readonly AppointmentActor[],
  now: number,
): AppointmentMove[] =>
  appointmentMoves.filter((move) => "to" in moveAppointment(facts, actors, move, { now, text: "-", photos: 1 }));
