import { loadWordCheck } from "../features/circle/index.ts";
import { loadCalendar } from "../foundation/cases/index.ts";
import { ConfigFault, filingInPreparation, loadConfig } from "../kernel/config.ts";
import { runTool } from "../kernel/run-tool.ts";

/**
 * Says what is wrong with the configuration, one line a fault, before anything is started. `--for launch`: also what may stand
 * while a site is set up, but not when it opens to the public.
 */
await runTool({ for: { type: "string" } }, async ({ for: purpose }) => {
  if (purpose !== undefined && purpose !== "launch") throw new ConfigFault(["--for: must be launch"]);
  const config = loadConfig();
  // Files that it names are read as at a start.
  const faults = [
    ...faultsOf(() => loadWordCheck(config.CIRCLE_WORDS_FILE)),
    ...faultsOf(() => loadCalendar(config.WORKDAYS_FILE)),
  ];
  if (purpose === "launch" && config.NODE_ENV !== "production") faults.push("NODE_ENV: must be production");
  if (purpose === "launch" && config.SITE_FILING === filingInPreparation)
    faults.push("SITE_FILING: the filing number must be shown before the site opens to the public");
  if (faults.length > 0) throw new ConfigFault(faults);
  if (purpose === "launch") console.log("the settings are complete");
});

/** All faults are told in one round. */
function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.lines;
    throw fault;
  }
}
