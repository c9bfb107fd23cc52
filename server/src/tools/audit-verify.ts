import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type AuditHead, verifyAudit } from "../kernel/audit-verify.ts";
import { loadConfig } from "../kernel/config.ts";
import { openDb } from "../kernel/db.ts";
import { runTool } from "../kernel/run-tool.ts";

/**
 * Checks the whole audit: exit code 1 when anything was edited, cut or put in.
 * Compares with the heads kept by the last good run and, when all is well, keeps the new ones: in `--heads FILE`, or in
 * DATA_DIR/audit-heads.json. Put the file where those who run the database cannot write.
 */
await runTool({ heads: { type: "string" } }, async ({ heads }) => {
  const config = loadConfig();
  const file = heads ?? `${config.DATA_DIR}/audit-heads.json`;
  const db = openDb(config);
  try {
    const report = await verifyAudit(db, earlierHeads(file));
    for (const line of report.broken) console.log(line);
    console.log(`audit: ${report.rows} rows in ${report.heads.length} chains, ${report.broken.length} faults`);
    if (report.broken.length > 0) process.exitCode = 1;
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(report.heads)}\n`);
    }
  } finally {
    await db.close();
  }
});

function earlierHeads(file: string): AuditHead[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as AuditHead[];
  } catch (fault) {
    // The first run has nothing to compare with; any other trouble with the file must be seen.
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return [];
    throw fault;
  }
}
