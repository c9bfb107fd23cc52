import { calendarFile } from "@weimenhu/domain/appointments/calendar-file";
import { now } from "./clock.ts";
import { download } from "./download.ts";
import { hostApp } from "./hop.ts";
import { hrefOf, type Target } from "./navigate.ts";

/** What is to stand in the phone's own calendar; it rings two hours ahead. Times in epoch milliseconds. */
export type Entry = {
  id: string;
  title: string;
  place: string;
  notes: string;
  start: number;
  end: number;
  /** The page that it is about. */
  page: Target;
};

/**
 * phone: the phone's calendar has it before it · file: to be opened by hand · no: the person did not want to · denied: WeChat was
 * told before not to let us · off: the phone did not take it. Android says `phone` also where the person went back: never say more
 * than that it was handed over.
 */
export type Handed = "phone" | "file" | "no" | "denied" | "off";

/**
 * How an entry gets there: by a button; `browser`: only once the site is opened outside of the app around it, whose own browser
 * keeps no files; null: not at all. Alipay gives its mini-programs no way to write into the calendar.
 */
export function calendarWay(): "button" | "browser" | null {
  if (PLATFORM === "h5") {
    return hostApp() === null ? "button" : "browser";
  } else if (PLATFORM === "weapp") {
    return wx.canIUse("addPhoneCalendar") ? "button" : null;
  } else {
    return null;
  }
}

/** To be called straight from a tap: WeChat refuses it else. */
export async function putInCalendar(entry: Entry): Promise<Handed> {
  if (PLATFORM === "h5") {
    download("yuyue.ics", fileOf(entry), "text/calendar;charset=utf-8");
    return "file";
  } else {
    return intoPhone(entry);
  }
}

/** What is handed out later is newer, and takes the place of what was handed out before. */
function fileOf({ id, page, ...entry }: Entry): string {
  const writtenAt = now();
  return calendarFile({
    ...entry,
    uid: `${id}@${location.host}`,
    version: Math.floor(writtenAt / 1000),
    state: "confirmed",
    writtenAt,
    at: null,
    url: `${location.origin}${hrefOf(page)}`,
  });
}

type Scopes = { authSetting: Record<string, boolean | undefined> };
type Ends<T> = { success(answer: T): void; fail(fault: { errMsg?: string }): void };
type Wx = {
  canIUse(name: string): boolean;
  getSetting(options: Ends<Scopes>): void;
  openSetting(options: Ends<Scopes>): void;
  addPhoneCalendar(
    options: {
      title: string;
      startTime: number;
      endTime: number;
      location: string;
      description: string;
      alarm: true;
      alarmOffset: number;
    } & Ends<unknown>,
  ): void;
};
declare const wx: Wx;

const scope = "scope.addPhoneCalendar";
const aheadSeconds = 2 * 3_600;

function intoPhone({ title, place, notes, start, end }: Entry): Promise<Handed> {
  return new Promise((resolve) => {
    // Asked first, it is answered before the person can say anything to WeChat's question.
    const before = new Promise<boolean>((tell) => {
      wx.getSetting({ success: ({ authSetting }) => tell(authSetting[scope] === false), fail: () => tell(true) });
    });
    const fail = async ({ errMsg = "" }: { errMsg?: string }) => {
      console.warn("not in the calendar", errMsg);
      if (/cancel|privacy permission/.test(errMsg)) return resolve("no");
      // Who says no for the first time knows it; a later tap says how to change it.
      if (/auth den/.test(errMsg)) return resolve((await before) ? "denied" : "no");
      return resolve("off");
    };
    wx.addPhoneCalendar({
      ...{ title, location: place, description: notes, alarm: true, alarmOffset: aheadSeconds },
      startTime: start / 1000,
      endTime: end / 1000,
      success: () => resolve("phone"),
      fail: (fault) => void fail(fault),
    });
  });
}

/** WeChat's own page of what we may do, straight from a tap. True: we may write into the calendar now. */
export function openPermissions(): Promise<boolean> {
  if (PLATFORM === "weapp") {
    return new Promise((resolve) => {
      wx.openSetting({
        success: ({ authSetting }) => resolve(authSetting[scope] === true),
        fail: () => resolve(false),
      });
    });
  } else {
    return Promise.resolve(false);
  }
}
