import { useState } from "react";
import { calendarWay, type Entry, type Handed, openPermissions, putInCalendar } from "../../platform/calendar.ts";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Ticket } from "../../wire.ts";

const said: Partial<Record<Handed, string>> = {
  phone: "已交给手机日历，会提前 2 小时提醒您",
  file: "日历文件已存到手机，点开它就加进日历，会提前 2 小时提醒您",
  denied: "您没有让这个小程序用日历。点“打开设置”，打开“日历”，再回来加",
  off: "没有加上。请到手机的“设置”里找到微信，打开“日历”，再试一次",
};

/** For a place that is sure. What was put there stays when it is given up: WeChat cannot take it out, and nobody opens a file for that. */
export function ToCalendar({ ticket }: { ticket: Ticket }) {
  const [handed, setHanded] = useState<Handed | null>(null);
  const way = ticket.state === "booked" && ticket.start > now() ? calendarWay() : null;
  if (way === null) return null;
  if (way === "browser")
    return <Para size="small">想加到手机日历：点右上角的“…”，选“在浏览器打开”，再到这一页来加</Para>;
  const words = handed === null ? undefined : said[handed];
  return (
    <Stack gap={3}>
      {words ? (
        <Note live tone={handed === "phone" || handed === "file" ? "pine" : "rice"}>
          {words}
        </Note>
      ) : null}
      {handed === "denied" ? (
        <Button
          icon="settings"
          onTap={() => {
            void openPermissions().then((may) => (may ? setHanded(null) : undefined));
          }}
        >
          打开设置
        </Button>
      ) : null}
      {handed === "phone" ? null : (
        <Button
          icon="calendar-clock"
          onTap={() => {
            void putInCalendar(entryOf(ticket)).then(setHanded);
          }}
        >
          加到手机日历
        </Button>
      )}
    </Stack>
  );
}

/** Title and place are shown on locked screens when it rings: of a hospital neither says which department. */
export function entryOf({ id, offer, start, end, number, place, doctor }: Ticket): Entry {
  const { name, house, address, bring, phone, sort } = offer;
  const hospital = sort === "hospital";
  const where = [house, address].filter(Boolean);
  const notes = [
    hospital ? `${name} ${doctor?.name ?? ""}`.trim() : "",
    hospital ? where.join("，") : "",
    number > 0 ? `第 ${number} 号` : "",
    bring.length > 0 ? `请带上：${bring.join("、")}` : "",
    phone === "" ? "" : `电话：${phone}`,
    "时间有变动的，以“我的预约”里的为准",
  ];
  return {
    ...{ id, start, end },
    title: hospital ? "预约：去医院" : `预约：${name}`,
    place: sort === "visit" ? place : hospital ? address || house : where.join("，"),
    notes: notes.filter(Boolean).join("\n"),
    page: to("ticket", { id }),
  };
}
