import type { AlipayOpen, Sms, WechatMini, WechatWeb } from "@weimenhu/connectors/ports";
import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Clock } from "../../kernel/clock.ts";
import type { SignInWay } from "../../kernel/config.ts";
import type { Seal } from "../../kernel/seal.ts";
import type { Tx } from "../../kernel/tx.ts";

export type SessionDays = { any: number; desk: number };

/** `asked` to the principal, `answered` to whoever acts, `over` to the other side. `key`: told once. */
export type MandateNews = {
  what: "asked" | "answered" | "over";
  id: string;
  to: readonly string[];
  key: string;
  region: RegionCode;
};

/** What signing in needs from outside this room; `main.ts` hands it in. */
export type IdentityDeps = {
  seal: Seal;
  homeCounty: RegionCode;
  siteName: string;
  /** How people reach the site: where the hops through WeChat and Alipay come back to. */
  publicUrl: string;
  wechatMini: WechatMini;
  wechatWeb: WechatWeb;
  alipay: AlipayOpen;
  sms: Sms;
  /** Ways to sign in that the county does not have; none when left out. */
  signInOff?: readonly SignInWay[];
  /** How many days a sign-in lives at most; 180, and 7 on the desk, when left out. */
  sessionDays?: SessionDays;
  /**
   * One-time codes an hour asked for from one address; 300 when left out. Mobile networks and a village's one Wi-Fi put
   * many people behind one address; a machine asks faster than all of them.
   */
  codesPerAddress?: number;
  /** Tells somebody what became of a mandate that they are part of; nobody is told when left out. */
  tellMandate?: (tx: Tx, clock: Clock, news: MandateNews) => Promise<void>;
  /** Tells somebody that their verification in a village was ended; nobody is told when left out. */
  tellEnded?: (tx: Tx, clock: Clock, ended: { id: string; person: string; region: RegionCode }) => Promise<void>;
};
