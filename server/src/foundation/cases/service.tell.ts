import { levelOf, lineage, parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import type { CaseMove } from "@weimenhu/domain/cases/state";
import { dueNames, lastDayWords } from "@weimenhu/domain/cases/words";
import { type CaseListener, caseTellings } from "@weimenhu/domain/messages/cases";
import type { Permission } from "@weimenhu/domain/permissions";
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/tx.ts";
import { cadresOn } from "../identity/index.ts";
import { type Telling, tell } from "../messages/index.ts";
import type { CaseRow } from "./store.ts";

/**
 * Tells those whom a step concerns, in its transaction. The author reads the own words again; staff read that there is
 * something, and where: who hides, and that anybody rated, is in none of it.
 */
export async function tellStep(
  tx: Tx,
  clock: Clock,
  row: CaseRow,
  step: { move: CaseMove | "raise" | "escalate"; actor: string | null },
): Promise<void> {
  const words = { ...levelWords(row), ...(tellsWhen.includes(step.move) ? dueWords(row, clock.now()) : {}) };
  for (const { kind, to, asks } of caseTellings[step.move] ?? []) {
    const { people, place } = await listeners(tx, clock, row, to);
    const reads = place !== null && levelOf(place) === "county" ? { reads: "county" } : {};
    await tell(tx, clock, {
      kind,
      to: people.filter((person) => person !== step.actor),
      key: `case:${row.id}:${row.steps}:${kind}`,
      region: row.village,
      ...(to === "author"
        ? { about: asks ? ofCase(row) : ofAuthor(row), words: { ...words, move: step.move, summary: cut(row.summary) } }
        : { about: ofCase(row), words: { ...words, ...reads } }),
    });
  }
}

/** `place`: in whose office they hear of it; null where it is for themselves. */
type Listeners = { people: string[]; place: RegionCode | null };

async function listeners(tx: Tx, clock: Clock, row: CaseRow, to: CaseListener): Promise<Listeners> {
  const given = row.assignee === null ? [] : [row.assignee];
  switch (to) {
    case "author":
      return { people: [row.author], place: null };
    case "assignee":
      return { people: given, place: null };
    case "handlers": {
      const { people, place } = await nearest(tx, row.region, "cases.handle", clock.now());
      return { people: [...people, ...given], place };
    }
    case "upper": {
      const above = parentOf(row.region);
      return above === null ? { people: [], place: null } : nearest(tx, above, "cases.watch", clock.now());
    }
  }
}

/** Who holds such an office on this place, or where nobody does on the nearest above it. */
async function nearest(tx: Tx, region: RegionCode, permission: Permission, now: number): Promise<Listeners> {
  const cadres = await cadresOn({ read: tx }, lineage(region), permission, now);
  const place = cadres[0]?.region ?? null;
  return { people: cadres.flatMap((cadre) => (cadre.region === place ? [cadre.person] : [])), place };
}

/** Who has the case, where that is not the village. */
const levelWords = ({ region }: CaseRow): { level?: string } =>
  levelOf(region) === "village" ? {} : { level: "town" };

const tellsWhen: readonly string[] = ["accept", "transfer", "return", "resume", "allowMore"];

function dueWords(row: CaseRow, now: number): { until?: string; late?: string } {
  const { dueAt } = row;
  if (dueAt === null) return {};
  const due = dueNames[row.state === "pending" && row.acceptedAt === null ? "accept" : "answer"];
  return now < dueAt ? { until: `${lastDayWords(dueAt, now)}${due}` } : { late: due };
}

const ofCase = ({ id }: CaseRow): Telling["about"] => ({ page: "case", id });

/** What was raised by a post is read there. */
const ofAuthor = (row: CaseRow): Telling["about"] => {
  const [page, of] = row.subject.split(":");
  return page === "post" && of ? { page, id: of } : ofCase(row);
};

/** As much of what was raised as tells one line of a list from another. */
export const cut = (summary: string): string => {
  const letters = [...summary];
  return letters.length > 20 ? `${letters.slice(0, 19).join("")}…` : summary;
};
