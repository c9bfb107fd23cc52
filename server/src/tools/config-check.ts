import { loadConfig } from "../kernel/config.ts";
import { runTool } from "../kernel/run-tool.ts";

/** Says what is wrong with the configuration, one line a fault, before anything is started. */
await runTool({}, async () => void loadConfig());
