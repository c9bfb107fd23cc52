import { privacyNews, privacyVersion } from "@weimenhu/domain/identity/privacy";
import { requireRegion } from "../../foundation/regions/index.ts";
import { type Config, filingInPreparation } from "../../kernel/config.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import { type DocumentName, documentOf } from "./view.documents.ts";

export type SiteDeps = Pick<
  Config,
  | "SITE_NAME"
  | "SITE_DOMAIN"
  | "SITE_ID_CODE"
  | "SITE_HOST_UNIT"
  | "SITE_PHONE"
  | "SITE_ICP"
  | "SITE_POLICE_FILING"
  | "SITE_FILING"
  | "HOME_COUNTY"
  | "DEMO"
  | "SIGN_IN_OFF"
>;

/** What every page's foot and the about page say, from configuration. */
export async function about(config: SiteDeps, ctx: Ctx) {
  const county = await requireRegion(ctx.db, config.HOME_COUNTY);
  return {
    name: config.SITE_NAME,
    county: { code: county.code, name: county.name },
    domain: config.SITE_DOMAIN,
    idCode: config.SITE_ID_CODE,
    hostUnit: config.SITE_HOST_UNIT,
    phone: config.SITE_PHONE,
    icp: config.SITE_ICP,
    police: config.SITE_POLICE_FILING,
    filing: config.SITE_FILING === filingInPreparation ? "备案号办理中" : config.SITE_FILING,
    privacyVersion,
    privacyNews,
    demo: config.DEMO,
    signInOff: config.SIGN_IN_OFF,
  };
}

export async function document(config: SiteDeps, name: DocumentName) {
  return documentOf(name, { site: config.SITE_NAME, unit: config.SITE_HOST_UNIT, phone: config.SITE_PHONE });
}
