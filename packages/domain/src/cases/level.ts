/** Who has a case now. The county has none itself: it sees to it that its towns are in time. */
export type CaseLevel = "village" | "town";

type Places = { here: string; above: string };
const places: Record<CaseLevel, Places> = {
  village: { here: "村里", above: "镇里" },
  town: { here: "镇里", above: "县里" },
};

/** How those who have the case are called in plain words, and those right above them. */
export const placeWords = (level: CaseLevel): Places => places[level];

/** Who had the case when each step of its record was made, or after it was handed on by that. `from`: who had it before. */
export function levelsOf(steps: readonly { move: string }[], from: CaseLevel = "village"): CaseLevel[] {
  let level = from;
  return steps.map(({ move }) => {
    if (move === "transfer") level = "town";
    if (move === "return") level = "village";
    return level;
  });
}
