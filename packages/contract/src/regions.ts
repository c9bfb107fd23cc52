import * as z from "zod/mini";
import { act, ask, done, line, none, regionCode } from "./shape.ts";

export const regionNode = z.object({
  code: regionCode,
  name: z.string(),
  level: z.enum(["county", "town", "village"]),
  parent: z.nullable(regionCode),
});

export const regions = {
  /** The whole county, towns and villages in reading order. */
  tree: ask(none, z.object({ nodes: z.array(regionNode) })),
  /** One place with the names above it, nearest last: ["示例县", "清溪镇", "竹溪村"]. */
  get: ask(
    z.object({ code: regionCode }),
    z.extend(regionNode, { path: z.array(z.string()), followers: z.int(), villagers: z.int() }),
  ),
  follow: act(z.object({ code: regionCode }), done),
  unfollow: act(z.object({ code: regionCode }), done),
  /** The home village comes first everywhere; it is followed too. */
  setHome: act(z.object({ code: regionCode }), done),
  /** A town or village is data only. The parent is in the code. */
  add: act(z.object({ code: regionCode, name: line(40) }), regionNode),
};
