import type { Contract } from "@weimenhu/contract";

/** Names and shapes of every procedure, read off the contract's types; nothing of it reaches the bundle. */
type Every = {
  [F in keyof Contract]: { [P in keyof Contract[F] as P extends string ? `${F}.${P}` : never]: Contract[F][P] };
}[keyof Contract];
type Merged = { [N in NamesOf<Every>]: PickOf<Every, N> };
type NamesOf<T> = T extends unknown ? keyof T : never;
type PickOf<T, N> = T extends unknown ? (N extends keyof T ? T[N] : never) : never;

type Named<K> = { [N in keyof Merged]: Merged[N] extends { kind: K } ? N : never }[keyof Merged];
export type AskName = Named<"query">;
export type ActName = Named<"mutation">;
export type ProcedureName = AskName | ActName;

type Wire<N extends ProcedureName> = Merged[N];
export type InputOf<N extends ProcedureName> =
  Wire<N> extends { input: { _zod: { input: infer I } } } ? Pick<I, keyof I> : never;
export type OutputOf<N extends ProcedureName> = Wire<N> extends { output: { _zod: { output: infer O } } } ? O : never;

export type Me = NonNullable<OutputOf<"account.me">["me"]>;
export type Village = Me["villages"][number];
export type NoticeCard = OutputOf<"notices.list">["items"][number];
export type Notice = OutputOf<"notices.get">;
export type FoundNotice = OutputOf<"notices.search">["items"][number];
export type DeskCard = OutputOf<"notices.desk">["items"][number];
export type DeskNotice = OutputOf<"notices.deskGet">;
export type RegionNode = OutputOf<"regions.tree">["nodes"][number];
export type Region = OutputOf<"regions.get">;
export type Waiting = OutputOf<"desk.waiting">["items"][number];
export type About = OutputOf<"site.about">;
export type SignedIn = OutputOf<"signIn.withCode">;
export type Offer = OutputOf<"appointments.offers">["items"][number];
export type Slots = OutputOf<"appointments.slots">;
export type BookDay = Slots["days"][number];
export type LineWait = OutputOf<"appointments.waiting">["items"][number];
export type Ticket = OutputOf<"appointments.get">;
export type DeskCase = OutputOf<"cases.desk">["items"][number];
export type WholeCase = OutputOf<"cases.get">;
export type CaseStep = WholeCase["steps"][number];
export type ShownPhoto = CaseStep["photos"][number];
export type CaseTemplate = OutputOf<"cases.templates">["items"][number];
/** The handling as it stands beside a post. */
export type CaseFace = NonNullable<OutputOf<"circle.get">["case"]>;
/** A post in a feed, and the same whole. */
export type PostCard = OutputOf<"circle.feed">["items"][number];
export type Post = OutputOf<"circle.get">;
/** An appeal against a refusal, as whoever made it reads it. */
export type Appealed = NonNullable<Post["appealed"]>;
export type PostComment = Post["discussion"][number];
export type PostWriter = PostCard["by"];
