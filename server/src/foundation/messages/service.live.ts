import type { LiveScope } from "../../kernel/live.ts";

export const inboxScope = (person: string): string => `inbox:${person}`;

/** `inbox:<my own id>`: something came, or was read on another phone. */
export const inboxLive: LiveScope = {
  stamp: inboxScope,
  may: async (caller, ids) => ids.filter((id) => id === caller?.personId),
};
