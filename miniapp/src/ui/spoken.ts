import { caseStateNames } from "@weimenhu/domain/cases/state";
import {
  clockWords,
  moreWords,
  pauseWords,
  refusalNames,
  stepCheckWords,
  stepNames,
} from "@weimenhu/domain/cases/words";
import { postKinds } from "@weimenhu/domain/circle/post";
import type { CaseFace, CaseStep, Post, PostComment, PostWriter, WholeCase } from "../wire.ts";
import { dateParts } from "./date.ts";
import { refusedPhotos } from "./refused-photos.ts";
import { threadsOf } from "./threads.ts";

/*
 * Pages read aloud (朗读): what stands on the page for this person, from top to bottom, as one would say it. Only what the
 * page was given is read, so nothing is heard that is not shown.
 */

const partOf = (hour: number): string =>
  hour < 5 ? "凌晨" : hour < 12 ? "上午" : hour < 13 ? "中午" : hour < 18 ? "下午" : "晚上";

/** `11月22日上午9点30分` */
export function spokenTime(at: number, now: number): string {
  const { year, month, day, hour, minute } = dateParts(at);
  const years = dateParts(now).year === year ? "" : `${year}年`;
  const clock = `${hour > 12 ? hour - 12 : hour}点${minute === 0 ? "" : `${minute}分`}`;
  return `${years}${month}月${day}日${partOf(hour)}${clock}`;
}

/** A sentence that ends as one: the voice stops there. */
const ended = (words: string): string => (/[。！？；：…]$/.test(words.trim()) ? words.trim() : `${words.trim()}。`);
const joined = (lines: readonly (string | null)[]): string =>
  lines
    .filter((line) => line !== null && line.trim() !== "")
    .map((line) => ended(line ?? ""))
    .join("\n");

const nameOf = ({ name, title, mine }: PostWriter): string => (mine ? "您" : `${title ?? ""}${name}`);
const photosOf = (photos: readonly unknown[]): string | null =>
  photos.length === 0 ? null : `有${photos.length}张照片`;

/** The post, then its handling, then what neighbours say. */
export function spokenPost(post: Post, now: number): string {
  const { case: face, answer, steps } = post;
  if (post.deleted) return "这条内容已删除。";
  const answered = answer && !steps.some(({ at, text }) => at === answer.at && text === answer.text) ? answer : null;
  return joined([
    spokenRaised(post, now),
    face ? spokenFace(face, steps, now) : null,
    answered
      ? joined([`${nameOf(answered.by)}${spokenTime(answered.at, now)}答复`, answered.text, photosOf(answered.photos)])
      : null,
    steps.length > 1 ? spokenSteps(steps, now) : null,
    post.check === "passed" ? spokenTalk(post) : null,
  ]);
}

/** What was raised, then how it is handled. `post` is null while it is not there. */
export const spokenCase = (file: WholeCase, post: Post | null, now: number): string =>
  joined([
    post && !post.deleted ? spokenRaised(post, now) : file.summary,
    spokenFace(file, file.steps, now),
    file.assignee ? `经办人${file.assignee}` : null,
    file.moreAsked ? moreWords(file.level) : null,
    spokenSteps(file.steps, now),
  ]);

function spokenRaised(post: Post, now: number): string {
  const { by, check } = post;
  const own = by.mine && by.hidden ? "，邻居看不到您的名字" : "";
  return joined([
    `${nameOf(by)}${spokenTime(post.at, now)}在${post.villageName}发的${postKinds[post.kind]}${own}`,
    check === "checking" || check === "held" ? "审核中，别人还看不到" : null,
    check === "refused" ? `没有通过审核，别人看不到${post.refused ? `。原因：${post.refused}` : ""}` : null,
    post.text,
    post.place ? `地点：${post.place}` : null,
    photosOf(post.photos),
  ]);
}

function spokenFace(face: CaseFace, steps: readonly CaseStep[], now: number): string {
  const why = face.clock.colour === "paused" ? pauseWords(steps) : "";
  const mine = steps.some(({ move, by }) => move === "raise" && by?.mine === true);
  const { word, sentence } = clockWords(face, now, { why, mine });
  const state = caseStateNames[face.state];
  return `办理情况：${[...new Set([state, face.level === "town" ? "转镇里办理" : "", word, sentence])].filter(Boolean).join("，")}`;
}

/** Who did what and when, in order; what was raised is read above. */
const spokenSteps = (steps: readonly CaseStep[], now: number): string | null => {
  const names = stepNames(steps);
  const done = steps.flatMap((step, i) => (step.move === "raise" ? [] : [spokenStep(step, names[i] ?? "", now)]));
  return done.length === 0 ? null : joined(["办理经过", ...done]);
};

const spokenStep = (step: CaseStep, name: string, now: number): string =>
  joined([
    `${spokenTime(step.at, now)}，${step.by ? nameOf(step.by) : ""}${name}`,
    step.reason ? `原因：${refusalNames[step.reason]}` : null,
    stepCheckWords(step),
    refusedPhotos(step.photos.length, step.photosRefused),
    step.refused,
    step.text,
    photosOf(step.photos),
  ]);

function spokenTalk({ discussion, more }: Post): string | null {
  const lines = threadsOf(discussion).flatMap(({ root, under }) => [
    spokenComment(root, "说"),
    ...under.map((said) => spokenComment(said, "回复")),
  ]);
  if (lines.every((line) => line === null)) return null;
  return joined(["大家的评论", ...lines, more === null ? null : "后面还有评论，点“看更多”接着看"]);
}

function spokenComment({ by, text, check, deleted, refused }: PostComment, does: string): string | null {
  if (deleted) return null;
  return joined([
    `${nameOf(by)}${does}：${text}`,
    check === "checking" || check === "held" ? "这条评论审核中，别人还看不到" : null,
    check === "refused" ? `这条评论没有通过审核，别人看不到${refused ? `。原因：${refused}` : ""}` : null,
  ]);
}
