import type { DutySms, NoteTemplate, PhoneNotes } from "@weimenhu/connectors/ports";
import type { TemplateName } from "@weimenhu/domain/messages/kinds";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";

export type Templates = Readonly<Record<TemplateName, NoteTemplate | null>>;
export type PushChannel = "weapp" | "alipay";

/** `templates`: what the county has registered with each vendor; a missing one closes that way for its messages. */
export type MessagesDeps = { templates: Readonly<Record<PushChannel, Templates>> };

export type Glimpse = { what?: string; summary: string };

/** What the rooms of the pages know of them, for whoever opens the inbox. */
export type InboxDeps = MessagesDeps & {
  /** Of these posts those of the caller's own that are deleted and became a case: the case to be led to. */
  casesOfGone: (ctx: Ctx, posts: readonly string[]) => Promise<Map<string, string>>;
  /** Of these cases those that the caller handles: what was raised, and its first words. They are asked for, not kept. */
  caseGlimpses: (ctx: Ctx, cases: readonly string[]) => Promise<Map<string, Glimpse>>;
};

/** Where a person may be reached: at each vendor, and by text message where one is in office. From identity. */
export type Reach = { weapp: string | null; alipay: string | null; officePhone: string | null };
export type ReachOf = (db: Db, person: string) => Promise<Reach>;

/** Null: the county has not set this way up. */
export type Outside = { weapp: PhoneNotes | null; alipay: PhoneNotes | null; sms: DutySms | null };
export type SendDeps = MessagesDeps & { db: Db; reachOf: ReachOf; outside: Outside };
