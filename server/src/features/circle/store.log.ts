import type { RegionCode } from "@weimenhu/domain/base/region";
import type { RiskLabel } from "@weimenhu/domain/circle/duty";
import type { Db } from "../../kernel/db.ts";

type Counted = { label: RiskLabel; machine: number; pass: number; appeal: number; n: number };

/** A month (`2026-11`) as people in China have it: eight hours before UTC. */
export async function logOf(db: Db, village: RegionCode, month: string) {
  // A refusal that an appeal took back kept nobody from seeing it: it counts as the appeal alone.
  const rows = await db.rows<Counted>(
    `SELECT label, decided_by IS NULL AS machine, pass, appeal, COUNT(*) AS n FROM circle_decision d
     WHERE (pass = 1 OR NOT EXISTS (SELECT 1 FROM circle_decision a WHERE a.what = d.what AND a.version = d.version
       AND a.pass = 1 AND a.appeal = 1 AND a.id > d.id)) AND
       village = ? AND at >= DATE_SUB(?, INTERVAL 8 HOUR) AND at < DATE_SUB(DATE_ADD(?, INTERVAL 1 MONTH), INTERVAL 8 HOUR)
     GROUP BY label, machine, pass, appeal ORDER BY label`,
    [village, `${month}-01 00:00:00`, `${month}-01 00:00:00`],
  );
  const sum = (wanted: (row: Counted) => boolean) => rows.filter(wanted).reduce((total, { n }) => total + Number(n), 0);
  const is = (value: number) => Number(value) === 1;
  const labels = [...new Set(rows.filter((row) => !is(row.pass)).map(({ label }) => label))];
  return {
    refused: labels
      .map((label) => ({
        label,
        byMachine: sum((row) => row.label === label && !is(row.pass) && is(row.machine)),
        byPeople: sum((row) => row.label === label && !is(row.pass) && !is(row.machine) && !is(row.appeal)),
      }))
      .filter(({ byMachine, byPeople }) => byMachine + byPeople > 0),
    passed: sum((row) => is(row.pass) && !is(row.appeal)),
    appeals: {
      upheld: sum((row) => is(row.pass) && is(row.appeal)),
      rejected: sum((row) => !is(row.pass) && is(row.appeal)),
    },
  };
}
