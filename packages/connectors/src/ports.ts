/**
 * The outside world in our words. Types only: this is all that a server feature may import from here.
 *
 * Three ways a call can end:
 * - a value: the other side did it;
 * - a value with `no`: the other side clearly refused, with a word from a closed list;
 * - an `OutsideFault` (see `@weimenhu/connectors/fault`): there is no answer. `fault.unknown` says whether it may have been
 *   done all the same; unknown is never the same as failed.
 */
import type { Readable } from "node:stream";
import type { Body } from "@weimenhu/domain/body";
import type { RiskLabel } from "@weimenhu/domain/circle/duty";
import type { Checked } from "./checked.ts";
import type { Source } from "./storage/port.ts";

export type { Checked, Health } from "./checked.ts";
export type { FaultKind, OutsideFault } from "./fault.ts";
export type {
  CancelNo,
  ConfirmNo,
  Department,
  Doctor,
  Entry,
  HoldNo,
  HoldQuestion,
  HospitalDesk,
  Period,
  PeriodQuestion,
} from "./hospital/port.ts";
export type { Part, Source, Storage } from "./storage/port.ts";
export type { VirusScan } from "./virus/port.ts";

export type DialRequest = {
  /** http or https, without user name. */
  url: string;
  /** GET when left out. */
  method?: "GET" | "POST" | "PUT";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For one attempt: connecting, waiting and reading together. */
  timeoutMs?: number;
  /** Limit of the answer as sent and as unpacked. */
  maxBytes?: number;
  /** May be repeated without harm. GET is idempotent unless this says false (one-time codes!), all else only if it says true. */
  idempotent?: boolean;
  /** Refuse every address that is not a public one, unless the configuration names its host:port. */
  publicOnly?: boolean;
  /** 0 when left out: a redirect (3xx) is then an answer like any other. */
  maxRedirects?: number;
};

export type DialAnswer = {
  /** Below 500; an answer 5xx is a fault. */
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Unpacked. */
  body: Uint8Array;
  /** The address that answered, after redirects. */
  url: string;
};

/** Every request that leaves the house. Throws only `OutsideFault`, or a plain Error when called inside a transaction. */
export type Dial = (request: DialRequest) => Promise<DialAnswer>;

/** As `DialRequest`, for bodies that are not held in memory. Every call may be repeated without harm. */
export type StreamRequest = {
  url: string;
  method: "GET" | "HEAD" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: Source;
};
/** Below 500. `body` must be read to its end or destroyed. */
export type StreamAnswer = { status: number; headers: Record<string, string>; body: Readable };
export type StreamDial = (request: StreamRequest) => Promise<StreamAnswer>;

/** A person's identity at a vendor. `unionid` joins the accounts of one WeChat open-platform owner. */
export type WechatIdentity = { openid: string; unionid?: string };

/**
 * Why a login code gave no identity: `bad-code` wrong, foreign or expired · `used-code` redeemed before · `too-often` this
 * person or we asked too often, try later · `blocked` the vendor holds this person for a risk.
 */
export type LoginNo = { no: "bad-code" | "used-code" | "too-often" | "blocked" };

/** `foreign-number`: not a mobile number of mainland China, which is the only kind that we keep. */
export type PhoneNo = { no: LoginNo["no"] | "foreign-number" };

/** WeChat mini-program. Codes come from `wx.login` and from the phone button; each works once, for five minutes. */
export type WechatMini = Checked & {
  session(code: string): Promise<WechatIdentity | LoginNo>;
  /** `phone` is 11 digits. */
  phone(code: string): Promise<{ phone: string } | PhoneNo>;
};

/** The official account's OAuth hop, for H5 opened inside WeChat. Its openid differs from the mini-program's. */
export type WechatWeb = Checked & {
  /** Where to send the browser; it comes back to `back` with `code` and `state`. */
  authorizeUrl(hop: { back: string; state: string }): string;
  exchange(code: string): Promise<WechatIdentity | LoginNo>;
};

/** Alipay, both the mini-program (`my.getAuthCode`, `my.getPhoneNumber`) and H5 inside Alipay (`authorizeUrl`). */
export type AlipayOpen = Checked & {
  /** For the mini-program's `authCode` and for the `auth_code` that the H5 hop brings back. */
  session(authCode: string): Promise<{ openId: string } | LoginNo>;
  /**
   * `response` and `sign` are what the phone handed over, so they are not trusted before the signature holds. `forged`: it
   * does not hold · `not-allowed`: Alipay signed that the person or the app may not.
   */
  phone(
    response: string,
    sign: string,
  ): Promise<{ phone: string } | { no: "forged" | "not-allowed" | "foreign-number" }>;
  authorizeUrl(hop: { back: string; state: string }): string;
};

/** Text messages. `unpaid`: our account at the vendor is empty or stopped, staff must look. */
export type Sms = Checked & {
  /** Sends the one-time code. `phone` is 11 digits. A fault with `unknown` may have sent it. */
  code(phone: string, code: string): Promise<{ sent: true } | { no: "bad-number" | "too-often" | "unpaid" }>;
  /** Tells a number that its account has another one now. Absent when there is no template for it. Answers as `code`. */
  changed?: ((phone: string) => ReturnType<Sms["code"]>) | undefined;
  /** Asks somebody to let another act for them: the code is told to whom they trust. Absent when there is no template for it. */
  agree?: ((phone: string, code: string) => ReturnType<Sms["code"]>) | undefined;
  /** Tells somebody what was done for them: each value at most 35 letters. Absent when there is no template for it. */
  behalf?: ((phone: string, words: BehalfWords) => ReturnType<Sms["code"]>) | undefined;
};
/** `state`: 约好了, 取消了. `time`: when it is, `place`: where. */
export type BehalfWords = { state: string; time: string; place: string };

export type FeedKind = "rss" | "atom" | "json";

/** What was read last time, handed back so that an unchanged feed costs one short answer. */
export type PortalQuestion = { url: string; kind?: FeedKind; etag?: string; lastModified?: string };

export type PortalItem = {
  /** The publisher's own id, else the link of its own, else its first words. Unique within one reading. */
  guid: string;
  /** The publisher gave no id: the same `url` means the same item. Items that have ids may share one address. */
  byLink?: true;
  /** Empty for an item that has only a text. */
  title: string;
  /** Absolute http(s) address of the original; the feed's home page where the item names none that is usable. */
  url: string;
  /** Epoch milliseconds. */
  publishedAt?: number;
  /** Epoch milliseconds. */
  updatedAt?: number;
  /** As published: NOT safe. Pass it through `toBody` with `url` as its base. */
  html: string;
  categories: string[];
  /** Absolute http(s) addresses. */
  enclosures: { url: string; type?: string; bytes?: number }[];
};

/**
 * `items` come in the feed's order. A feed is a window: an item that is missing while an older one is still listed has been
 * withdrawn; one that is missing from the old end has only slid out.
 */
export type PortalReading =
  | { state: "same" }
  | {
      state: "fresh";
      etag?: string;
      lastModified?: string;
      title: string;
      items: PortalItem[];
      /** Entries left out: neither a title nor a text, or a second one with the same guid. */
      dropped: number;
    };

/** A publisher outside: RSS 2.0, Atom, JSON Feed. */
export type Portal = Checked & { read(question: PortalQuestion): Promise<PortalReading> };

/**
 * Published HTML into a body that is fit to be stored: nothing in it acts, frames or tracks, links and pictures are absolute
 * against `baseUrl`, all limits of `@weimenhu/domain/body` hold. The value is `toBody` of the adapters; main hands it in.
 */
export type ToBody = (html: string, baseUrl: string) => Body;

/** What a platform's checker says of words or a picture: `pass` · `review` a person should look · `risky` must not be shown. */
export type Verdict = { says: "pass" | "review" | "risky"; label: RiskLabel };
/** `not-active`: the platform checks only for people who used the app within the last two hours. Asking again is of no use. */
export type CheckNo = { no: "not-active" };

export type TextCheck = Checked & {
  /** `who`: the author's account at that platform. A fault: there is no answer, ask again later. */
  words(ask: { text: string; who: string; what: "post" | "comment" }): Promise<Verdict | CheckNo>;
};

export type PictureCheck = Checked & {
  /**
   * `url` can be reached from outside for at least half an hour. `pushed`: the verdict comes later, under this trace, to the
   * address of `PicturePush`. An empty `who` is allowed where the platform asks for none.
   */
  picture(ask: { url: string; who: string; key: string }): Promise<Verdict | CheckNo | { pushed: string }>;
};

/** What a platform sends by itself to an address of ours. Nothing in it is believed before its signature holds. */
export type PicturePush = {
  /** The platform asks whether the address is ours: what to answer, or null for somebody else's question. */
  hello(query: Readonly<Record<string, string>>): string | null;
  /** `forged`: not the platform's · `other`: genuine, and about something else. */
  read(
    query: Readonly<Record<string, string>>,
    body: string,
  ): { trace: string; verdict: Verdict | null } | "other" | "forged";
};

/** What a phone shows of a message outside of the app: nothing that people wrote. */
export type NoteWords = { title: string; place: string; state: string; at: number };
/** A template that the county has registered with the vendor: its id, and which of its fields gets which words. */
export type NoteTemplate = { id: string; fields: Readonly<Record<string, keyof NoteWords>> };
/** refused: this person lets us send none (any more) · nobody: the vendor does not know the person · quota: not today. */
export type NoteNo = { no: "refused" | "nobody" | "quota" };

/** Messages that a person allowed one by one: WeChat's subscribe messages, Alipay's template messages. */
export type PhoneNotes = {
  /** `to`: the person's id at the vendor. `page`: path and query within the mini-program. Never repeated by itself. */
  send(note: { to: string; template: NoteTemplate; page: string; words: NoteWords }): Promise<{ sent: true } | NoteNo>;
};

/** Text messages about work, to those in office. `phone` is 11 digits. Answers as `Sms.code`. */
export type DutySms = {
  duty(phone: string, words: NoteWords): Promise<{ sent: true } | { no: "bad-number" | "too-often" | "unpaid" }>;
};
