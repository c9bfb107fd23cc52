import { text } from "node:stream/consumers";
import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { idCardIndex } from "../foundation/identity/index.ts";
import { loadConfig } from "../kernel/config.ts";
import { runTool } from "../kernel/run-tool.ts";
import { sealer } from "../kernel/seal.ts";

/**
 * Says for ID numbers, one a line on the standard input, what the audit calls their line of a roster (`detail.line` of
 * roster.look and roster.remove). The other way round there is none. Not as words of the command: those stay in its history.
 */
await runTool({}, async () => {
  const seal = sealer(loadConfig());
  const numbers = (await text(process.stdin)).split("\n").map(normalIdCard).filter(Boolean);
  for (const [i, number] of numbers.entries())
    console.log(`${i + 1}: ${isIdCard(number) ? idCardIndex(seal, number) : "no ID number"}`);
});
