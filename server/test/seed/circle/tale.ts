import { type Calendar, dayMs, dayOf, startOf } from "@weimenhu/domain/base/workday";
import type { Stars } from "@weimenhu/domain/cases/rating";
import type { CaseMove, RefusalReason } from "@weimenhu/domain/cases/state";
import type { Audience, PostKind } from "@weimenhu/domain/circle/post";
import type { PictureName } from "../pictures.ts";

/** A time of the demo, counted back from the day of the seed: an instant once that day is known. */
export type When = (today: Today) => number;
export type Today = { now: number; calendar: Calendar };

const onDay = (day: string, at: string): number => Date.parse(`${day}T${at}:00+08:00`);

/** So many working days back, today not counted: deadlines run by working days, whatever day the seed is lived on. */
export const workday =
  (back: number, at: string): When =>
  ({ now, calendar }) => {
    let day = dayOf(now);
    for (let left = back; left > 0; ) {
      day = dayOf(startOf(day) - 1);
      if (calendar.isWorkday(day)) left--;
    }
    return onDay(day, at);
  };
export const day =
  (back: number, at: string): When =>
  ({ now }) =>
    onDay(dayOf(now - back * dayMs), at);
/** So many minutes back from now; a village sleeps, so from night and early morning they go back from the evening before. */
export const minutesAgo =
  (minutes: number): When =>
  ({ now }) => {
    const today = dayOf(now);
    const isDay = now >= onDay(today, "09:30") && now < onDay(today, "22:00");
    const evening = onDay(today, "21:30");
    return (isDay ? now : evening > now ? evening - dayMs : evening) - minutes * 60_000;
  };

/** Who does something: a demo person by phone, or a neighbour by number. */
export type Who = string | number;

/** What follows on a post, in order of time. */
export type Act = { at: When; by: Who } & (
  | { move: CaseMove; text?: string; photos?: PictureName[]; reason?: RefusalReason; to?: Who }
  | { stars: Stars; tags: number[]; text?: string }
  /** A comment; `under`: the so-maniest comment that it answers, from 0. */
  | { says: string; under?: number; callVillage?: true }
  /** Words in office beside what is no case. */
  | { answers: string }
);

export type DemoPost = {
  by: Who;
  at: When;
  kind: PostKind;
  text: string;
  photos?: PictureName[];
  place?: string;
  audience?: Audience;
  hideMe?: true;
  /** How many neighbours like it. */
  likes?: number;
  then?: Act[];
};

/** The people of 竹溪村 and above it who are heard by name. */
export const wang = "19900000001";
export const granny = "19900000002";
export const migrant = "19900000003";
export const secretary = "19900000010";
export const committee = "19900000011";
export const supervisor = "19900000012";
export const townClerk = "19900000020";
export const townChecker = "19900000021";

export const usualAnswer = "已收到，我们马上处理。";
