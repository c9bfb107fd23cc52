import type { Scenario } from "./harness.ts";
import { cold } from "./notices-hot.ts";

/** As `notices-hot`, but no answer is ever kept long enough to be given twice. */
export const scenarios: Scenario[] = [{ scenario: "notices-cold", unit: "req/s", run: cold }];
