import * as z from "zod/mini";
import { body } from "./body.ts";
import { ask, none, regionCode } from "./shape.ts";

export const documentNames = ["privacy", "terms", "minors", "accessibility"] as const;

export const site = {
  /** What the about page and every footer say; from configuration. */
  about: ask(
    none,
    z.object({
      name: z.string(),
      county: z.object({ code: regionCode, name: z.string() }),
      domain: z.string(),
      idCode: z.string(),
      hostUnit: z.string(),
      phone: z.string(),
      icp: z.string(),
      police: z.string(),
      filing: z.string(),
      privacyVersion: z.string(),
      /** What is new in that text, in one line; nothing of an older server. */
      privacyNews: z.optional(z.string()),
      demo: z.boolean(),
      /** Ways to sign in that the county does not have; nothing of an older server. */
      signInOff: z.optional(z.array(z.enum(["wechat", "wechat-web", "alipay"]))),
    }),
  ),
  /** Texts that everybody may read before anything is collected. */
  document: ask(
    z.object({ name: z.enum(documentNames) }),
    z.object({ name: z.enum(documentNames), title: z.string(), version: z.string(), body }),
  ),
};
