import type { AlipayOpen, Sms, WechatMini, WechatWeb } from "@weimenhu/connectors/ports";
import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Seal } from "../../kernel/seal.ts";

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
  /**
   * One-time codes an hour asked for from one address; 300 when left out. Mobile networks and a village's one Wi-Fi put
   * many people behind one address; a machine asks faster than all of them.
   */
  codesPerAddress?: number;
};
