import type { Bag, CalendarEntry } from "../types.ts";
import { type Kit, Refused } from "./kit.ts";

const SCOPE = "scope.addPhoneCalendar";
/** Later than this no day is written in seconds: it was said in milliseconds. */
const LATEST = 1e11;

/**
 * `wx.addPhoneCalendar`, straight from a tap, with the permission it needs: the person is asked once, and who said no is asked
 * no more until they change it on the page of permissions, which shows only what was asked for before.
 */
export function wechatCalendar(kit: Kit): Record<string, unknown> {
  const { phone } = kit;
  const authSetting = (): Record<string, boolean> => Object.fromEntries(phone.scopes);
  return {
    addPhoneCalendar: kit.fromTap("addPhoneCalendar", async (options) => {
      const entry = entryOf(options);
      if (!phone.scopes.has(SCOPE)) phone.scopes.set(SCOPE, await phone.answers.calendar(entry));
      if (!phone.scopes.get(SCOPE)) throw new Refused("auth deny");
      phone.calendar.push(entry);
    }),
    getSetting: kit.later("getSetting", () => ({
      authSetting: authSetting(),
      subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
    })),
    openSetting: kit.fromTap("openSetting", async () => {
      for (const [scope, on] of Object.entries(await phone.answers.settings(authSetting())))
        if (phone.scopes.has(scope)) phone.scopes.set(scope, on);
      return { authSetting: authSetting() };
    }),
  };
}

/** Times in seconds. Without an end it ends as it begins; WeChat rings unless it is told not to. */
function entryOf({ title, startTime, endTime, allDay, description, location, alarm, alarmOffset }: Bag): CalendarEntry {
  const start = Number(startTime);
  if (typeof title !== "string" || title === "" || typeof startTime !== "number" || !(start > 0 && start < LATEST))
    throw new Refused("wrong format:title or startTime");
  const end = endTime === undefined ? start : Number(endTime);
  if (!(end >= start && end < LATEST)) throw new Refused("wrong format:endTime");
  return {
    ...{ title, start, end, allDay: allDay === true },
    description: typeof description === "string" ? description : "",
    location: typeof location === "string" ? location : "",
    alarm: alarm === false ? null : Number(alarmOffset ?? 0),
  };
}
