import { loadConfig } from "../kernel/config.ts";
import { migrate } from "../kernel/db.ts";

/** Brings the configured database up to date, and says what it ran. */
const ran = await migrate(loadConfig().DATABASE_URL);
console.log(ran.length > 0 ? ran.join("\n") : "up to date");
