import { grantedRoles } from "@weimenhu/domain/permissions";
import { bootstrapAdmins, type FirstAdmin } from "../foundation/identity/index.ts";
import { systemClock } from "../kernel/clock.ts";
import { loadConfig } from "../kernel/config.ts";
import { openDb } from "../kernel/db.ts";
import { checkKeys } from "../kernel/keys.ts";
import { plainly } from "../kernel/run-tool.ts";
import { sealer } from "../kernel/seal.ts";

/**
 * `first-admins sysadmin=19900000001 secadmin=19900000002 auditadmin=19900000003`: names the county's first administrators
 * by phone, or by phone and name (`sysadmin=19900000001:王谷雨`). Three roles, three people. Works for a role only while nobody holds it.
 */
function read(word: string): FirstAdmin {
  const [wanted, who = "", ...rest] = word.split("=");
  const [phone, name, ...more] = who.split(":");
  const role = grantedRoles.find((candidate) => candidate === wanted);
  if (!role || !phone || rest.length + more.length > 0)
    throw new Error(`not understood: ${wanted ?? ""}=…; it must be role=phone or role=phone:name`);
  return { role, phone, ...(name === undefined ? {} : { name }) };
}

async function name(words: readonly string[]): Promise<void> {
  const wanted = words.map(read);
  if (wanted.length === 0) throw new Error("say who: sysadmin=<phone> secadmin=<phone> auditadmin=<phone>");
  const config = loadConfig();
  const db = openDb(config);
  try {
    const seal = sealer(config);
    // With other keys the people named here would be found by nobody, and the audit would hold a link that does not fit.
    await checkKeys(db, seal);
    await bootstrapAdmins({ db, clock: systemClock, seal, homeCounty: config.HOME_COUNTY }, wanted);
  } finally {
    await db.close();
  }
  console.log(`${wanted.length} first administrators named; each signs in on the desk and sets up a second factor`);
}

try {
  await name(process.argv.slice(2));
} catch (fault) {
  console.log(plainly(fault) ?? (fault instanceof Error ? fault.message : String(fault)));
  process.exitCode = 1;
}
