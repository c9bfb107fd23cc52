import { resealColumn, sealedColumns } from "../foundation/identity/index.ts";
import { loadConfig } from "../kernel/config.ts";
import { openDb } from "../kernel/db.ts";
import { checkKeys, resealCanary } from "../kernel/keys.ts";
import { runTool } from "../kernel/run-tool.ts";
import { sealer } from "../kernel/seal.ts";

/**
 * Seals every personal value that an older key sealed anew with the first of SEAL_KEYS. Put the new key in front, restart
 * the servers, run this, and take the old key out when it says that nothing is left. It may be stopped and run again, and
 * the system may serve meanwhile.
 */
await runTool({}, async () => {
  const config = loadConfig();
  const db = openDb(config);
  const seal = sealer(config);
  try {
    await checkKeys(db, seal);
    let moved = (await resealCanary(db, seal)) ? 1 : 0;
    for (const where of sealedColumns) {
      const { table, column, seen, resealed } = await resealColumn(db, seal, where);
      moved += resealed;
      console.log(`${table}.${column}: ${resealed} of ${seen} sealed anew`);
    }
    console.log(
      moved === 0 ? "nothing is left under an older key" : `${moved} values moved; run again until nothing is left`,
    );
  } finally {
    await db.close();
  }
});
