import { levelOf, type RegionCode } from "@weimenhu/domain/base/region";
import type { Person, World } from "../world.ts";
import { filesOf, withPictures } from "./media.ts";
import { dayMs } from "./random.ts";
import type { DemoNotice } from "./words.ts";

/** Who writes, reviews and publishes for a place: three people. */
function people(region: RegionCode): [string, string, string] {
  switch (levelOf(region)) {
    case "village":
      return ["19900000011", "19900000012", "19900000010"];
    case "town":
      return ["19900000020", "19900000021", "19900000022"];
    case "county":
      return ["19900000022", "19900000023", "19900000024"];
  }
}

/** Midnight in China of the day of `ms`. */
const midnight = (ms: number): number => Math.floor((ms + 8 * 3_600_000) / dayMs) * dayMs - 8 * 3_600_000;

/** Every notice on its day, through the hands of three people; the newest village drafts stay where they wait for somebody. */
export async function publishAll(
  world: World,
  as: (phone: string) => Person,
  notices: readonly DemoNotice[],
  now: number,
): Promise<void> {
  const timeline = [...notices].sort((a, b) => b.day - a.day || a.hour - b.hour);
  for (const [at, notice] of timeline.entries()) {
    const [author, reviewer, publisher] = people(notice.region);
    world.clock?.set(Math.min(midnight(now) - notice.day * dayMs + notice.hour * 3_600_000, now - 60_000));
    const reach = levelOf(notice.region) === "village" ? "here" : "subtree";
    const { title, category, region } = notice;
    const body = await withPictures(world, as(author), notice.body);
    const attachments = await filesOf(world, as(author), notice.attachments ?? []);
    const draft = await as(author).api.notices.draft.mutate({
      key: `demo-notice-${String(at).padStart(4, "0")}`,
      region,
      title,
      category,
      body,
      attachments,
      reach,
    });
    const submitted = await as(author).api.notices.move.mutate({
      id: draft.id,
      version: draft.version,
      move: "submit",
    });
    const approved = await as(reviewer).api.notices.move.mutate({
      id: draft.id,
      version: submitted.version,
      move: "approve",
    });
    const published = await as(publisher).api.notices.move.mutate({
      id: draft.id,
      version: approved.version,
      move: "publish",
    });
    if (notice.pinned)
      await as(publisher).api.notices.move.mutate({ id: draft.id, version: published.version, move: "pin" });
  }
  await leaveSomeWaiting(world, as, now);
}

async function leaveSomeWaiting(world: World, as: (phone: string) => Person, now: number): Promise<void> {
  const [author, reviewer] = people("990101101201");
  world.clock?.set(now - 5 * 3_600_000);
  const words = [
    ["腊月里的文化活动安排（征求意见）", "culture", "腊月二十三起，文化广场每晚有活动，安排表请大家看看合不合适。"],
    ["灌溉渠清淤，请各组出工", "farming", "本周六清理灌溉渠，每组出 6 个人，带上铁锹。中午村里管饭。"],
  ] as const;
  for (const [at, [title, category, text]] of words.entries()) {
    const { api } = as(author);
    const draft = await api.notices.draft.mutate({
      key: `demo-waiting-${String(at).padStart(4, "0")}`,
      region: "990101101201",
      title,
      category,
      body: [{ t: "p", c: [{ t: "text", v: text }] }],
    });
    const submitted = await api.notices.move.mutate({ id: draft.id, version: draft.version, move: "submit" });
    if (at === 1)
      await as(reviewer).api.notices.move.mutate({ id: draft.id, version: submitted.version, move: "approve" });
  }
}
