/** Every page of the residents' site, with an address that shows it as people meet it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { County } from "./county.ts";

type Route = { page: string; path: string };
const file = fileURLToPath(new URL("../../miniapp/src/routes.json", import.meta.url));
export const routes = JSON.parse(readFileSync(file, "utf8")) as Record<string, Route>;

const pathOf = (name: string): string => {
  const route = routes[name];
  if (!route) throw new Error(`no page ${name}`);
  return route.path;
};

export type Shown = { name: string; address: string };

/** Pages that show nothing without a question of their own. */
export async function questions(county: County): Promise<Record<string, Record<string, string>>> {
  return {
    notices: { region: county.village.code },
    notice: { id: await county.noticeId("停水通知：二组") },
    document: { name: "privacy" },
    bookSlot: { offer: await county.offerId("医保") },
    verify: { region: county.village.code },
  };
}

export function address(name: string, question: Record<string, string> = {}): string {
  const query = new URLSearchParams(question).toString();
  return query === "" ? pathOf(name) : `${pathOf(name)}?${query}`;
}

/** Only staff come to these. */
export const staffPages = [
  "desk",
  "deskNotice",
  "compose",
  "verifyQueue",
  "moderation",
  "guardians",
  "second",
  "cases",
  "case",
  "board",
  "daySheet",
];
