import { sealAuditHeads } from "../kernel/audit.ts";
import { loadConfig } from "../kernel/config.ts";
import { migrate, openDb } from "../kernel/db.ts";
import { runTool } from "../kernel/run-tool.ts";

/** Brings the configured database up to date, and says what it ran. */
await runTool({}, async () => {
  const config = loadConfig();
  const ran = await migrate(config.DATABASE_URL);
  const db = openDb(config);
  try {
    // Before the first administrators are named: from then on the database is in use.
    await sealAuditHeads(db);
  } finally {
    await db.close();
  }
  console.log(ran.length > 0 ? ran.join("\n") : "up to date");
});
