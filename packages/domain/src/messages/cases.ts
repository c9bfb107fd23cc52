import type { CaseMove } from "../cases/state.ts";
import type { MessageKind } from "./kinds.ts";

/**
 * Whom a step of a case concerns, whoever made it. handlers: the offices of the place that has the case now, and whom it was
 * given to · upper: those of the place above it. Where a place has nobody in such an office, those of the nearest above it.
 */
export type CaseListener = "author" | "handlers" | "assignee" | "upper";
/** `asks`: the author is to do something with the case itself, where others are led to what they had written. */
type Telling = { kind: MessageKind; to: CaseListener; asks?: true };

/** Who is told what of each step; nobody of those that are not here. The one who acted is never told. */
export const caseTellings: Readonly<Partial<Record<CaseMove | "raise" | "escalate", readonly Telling[]>>> = {
  raise: [{ kind: "raised", to: "handlers" }],
  accept: [{ kind: "moved", to: "author" }],
  start: [{ kind: "replied", to: "author" }],
  note: [{ kind: "replied", to: "author" }],
  assign: [{ kind: "assigned", to: "assignee" }],
  refuse: [{ kind: "moved", to: "author" }],
  transfer: [
    { kind: "moved", to: "author" },
    { kind: "transferred", to: "handlers" },
  ],
  return: [
    { kind: "moved", to: "author" },
    { kind: "transferred", to: "handlers" },
  ],
  pause: [{ kind: "moved", to: "author" }],
  resume: [{ kind: "moved", to: "author" }],
  askMore: [{ kind: "moreAsked", to: "upper" }],
  allowMore: [
    { kind: "moved", to: "author" },
    { kind: "moreAnswered", to: "handlers" },
  ],
  denyMore: [{ kind: "moreAnswered", to: "handlers" }],
  finish: [{ kind: "finished", to: "author", asks: true }],
  reopen: [{ kind: "reopened", to: "handlers" }],
  // In the words of a reopening: a bad rating would name its author.
  rateBadly: [{ kind: "reopened", to: "handlers" }],
  lapse: [{ kind: "moved", to: "author", asks: true }],
  escalate: [{ kind: "red", to: "upper" }],
};
