import type { LiveScope } from "../../kernel/live.ts";
import { listScope } from "./service.public.ts";

/** The public notices of one place of its own; what stands above it is watched beside it. */
export const noticesLive: LiveScope = {
  stamp: (id) => listScope(id),
  may: async (_caller, ids) => ids.filter((id) => /^\d{12}$/.test(id)),
};
