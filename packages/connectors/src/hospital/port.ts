import type { Day } from "@weimenhu/domain/base/workday";
import type { Checked } from "../checked.ts";

/**
 * A hospital whose own system sells the places. All refs are the hospital's, opaque, at most 80 letters; times are epoch
 * milliseconds; words of the hospital are plain text of at most 120 letters, not checked.
 *
 * What a person must hear is a value with `no`. A fault (`OutsideFault`) with `unknown` may have been done: ask `find` before
 * anything else, never tell that it failed. A fault without it surely left no place taken by this call.
 */
export type HospitalDesk = Checked & {
  departments(): Promise<Department[]>;
  doctors(department: string): Promise<Doctor[]>;
  /** Half-days and the like between two days, both included, by doctor and start; what nobody has released yet is missing. */
  periods(ask: PeriodQuestion): Promise<Period[]>;
  /** Takes a place and keeps it for a while. The same key again is the same place, however often and whatever was lost; when the hospital has moved it, at its new time. */
  hold(ask: HoldQuestion): Promise<{ held: Entry; extra: Entry[] } | HoldNo>;
  /** Makes a held place a booked one, if it is still at this time. Again gives the same. */
  confirm(ask: { ref: string; start: number }): Promise<{ booked: Entry } | ConfirmNo>;
  /** Gives a held or booked place back. Again gives the same, and so does one that has ended for another reason: see `why`. */
  cancel(ref: string): Promise<{ cancelled: Entry } | CancelNo>;
  /**
   * All that the hospital has under our key, what is worth most first: booked, held, ended. A second one that is booked or held is
   * the hospital's mistake: cancel it.
   */
  find(key: string): Promise<Entry[]>;
  /**
   * What has changed of our entries since the mark ("" for all there is), oldest change first. Entries come again with the next
   * mark when they changed a moment ago: the same `version` is nothing new. `more`: ask again at once.
   */
  changesSince(mark: string): Promise<{ changes: Entry[]; mark: string; more: boolean }>;
  /** Everything under our keys on that day, also what has ended: for the daily comparison of both lists. What was moved to another day is there. */
  daily(day: Day): Promise<Entry[]>;
};

/** `code`: 医疗机构诊疗科目名录, "" where the hospital tells none. `house`: which hospital, at this `address`; `where`: which floor. */
export type Department = { ref: string; name: string; code: string; house: string; address: string; where: string };
/** `title`: 主任医师 …; `goodAt`: 擅长. Either may be "". */
export type Doctor = { ref: string; department: string; name: string; title: string; goodAt: string };

export type PeriodQuestion = { from: Day; to: Day } & ({ doctor: string } | { department: string });
/** Never who is in it. `total` counts places that are or were for sale; `stopped`: 停诊, none of them is any more. */
export type Period = { doctor: string; start: number; end: number; free: number; total: number; stopped: boolean };

/** `key`: ours, 1–64 of letters, digits, `-` and `_`. `start`: of a period. `idNumber` in its one form, `phone` 11 digits. */
export type HoldQuestion = {
  key: string;
  patient: { name: string; idNumber: string; phone: string };
  doctor: string;
  start: number;
};

/**
 * One place under our key. `number`: 就诊序号, 0 where there is none. `until`: a held place lapses then. `version`: goes up
 * with each change, compared for equality only. `why` of one that has ended: `asked` by us or the person · `lapsed` held too
 * long · `stopped` 停诊 · `other`; `words` is what the hospital says to it.
 */
export type Entry = {
  ref: string;
  key: string;
  version: string;
  state: "held" | "booked" | "ended" | "attended" | "missed";
  doctor: string;
  department: string;
  start: number;
  end: number;
  number: number;
  until?: number;
  why?: "asked" | "lapsed" | "stopped" | "other";
  words?: string;
};

/**
 * `taken` the last place went to somebody else · `not-open` nothing is released for that time · `stopped` 停诊 · `past` it has
 * begun · `name` the name does not fit the ID number in the hospital's register · `register` the hospital has the person twice
 * there · `same-day` the person has a place in that department on that day · `ended` what was held under this key has ended,
 * take another key · `refused` for a reason of the hospital's own.
 */
export type HoldNo = {
  no: "taken" | "not-open" | "stopped" | "past" | "name" | "register" | "same-day" | "ended" | "refused";
};
/** `moved`: the period has another time now, see `entry`; it stays held until somebody agrees or it lapses. `gone`: no such ref. */
export type ConfirmNo = { no: "lapsed" | "stopped" | "ended" | "gone" | "refused" } | { no: "moved"; entry: Entry };
/** `too-late` it has begun or the hospital allows it no more · `attended` the person was there, or was noted as missing. */
export type CancelNo = { no: "too-late" | "attended" | "gone" | "refused" };
