import { chinaTime, midnight, numberOf, refTo, type Slot } from "./resources.ts";
import type { Doctor } from "./staff.ts";

/** Half of a day: `am` 8:00–12:00, `pm` 14:00–17:30. */
export type Half = "am" | "pm";
const hours: Record<Half, { from: number; to: number }> = { am: { from: 8, to: 12 }, pm: { from: 14, to: 17.5 } };

/** Does this doctor sit there then? The first of a department every day but Sunday afternoon; the others in turn, never on Sunday. */
function sits({ rank, n }: Doctor, weekday: number, half: Half): boolean {
  if (rank === 0) return weekday !== 0 || half === "am";
  return weekday !== 0 && (weekday + n) % 2 === (half === "am" ? 0 : 1);
}

/** All places of a day: the same whenever they are asked for. */
export function placesOf(doctors: readonly Doctor[], day: string): Slot[] {
  const begins = midnight(day);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const made: Slot[] = [];
  for (const doctor of doctors)
    for (const half of ["am", "pm"] as const) {
      if (!sits(doctor, weekday, half)) continue;
      const { from, to } = hours[half];
      for (let number = 1; number <= 4 + (doctor.n % 3) * 2; number++)
        made.push({
          resourceType: "Slot",
          id: `${doctor.schedule.id}-${day.replaceAll("-", "")}-${half}-${String(number).padStart(2, "0")}`,
          meta: { versionId: "1", lastUpdated: new Date(begins - 14 * 86_400_000).toISOString() },
          identifier: [numberOf(number)],
          schedule: refTo(doctor.schedule),
          status: "free",
          start: chinaTime(begins + from * 3_600_000),
          end: chinaTime(begins + to * 3_600_000),
        });
    }
  return made;
}

/** Which half of a day a place was made for; it keeps that when its time is changed. */
export const isOf = (slot: Slot, schedule: string, day: string, half: Half): boolean =>
  slot.id.startsWith(`${schedule}-${day.replaceAll("-", "")}-${half}-`);
