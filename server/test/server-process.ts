import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { testEnv } from "../src/kernel/testing.ts";

const main = path.join(import.meta.dirname, "../src/main.ts");

/** A server as an operator starts it: a process of its own, that can die in the middle of whatever it does. */
export type ServerProcess = {
  url: string;
  port: number;
  /** Whatever it wrote: faults, since it logs nothing else. */
  said: string[];
  /** kill -9. Answers when the process is gone. */
  kill(): Promise<void>;
};

/** What a process needs to serve the API to a test, before its database and its port. */
export const processEnv = (env: Record<string, string>): Record<string, string> =>
  testEnv({
    HOST: "127.0.0.1",
    METRICS_PORT: "0",
    SITE_FILES: "none",
    LOG_LEVEL: "error",
    RATE_ADDRESS: "1000000",
    RATE_ACCOUNT: "1000000",
    ...env,
  });

/** Answers when it listens. `env`: at least DATABASE_URL and DATA_DIR; PORT 0 takes a free one. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    env: processEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const orphan = () => void child.kill("SIGKILL");
  process.once("exit", orphan);
  const gone = once(child, "exit").then(() => void process.off("exit", orphan));
  const said: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<number | null>((resolve) => {
    lines.on("line", (line) => {
      const [, at] = /^ready: .*:(\d+)$/.exec(line) ?? [];
      if (at) resolve(Number(at));
      else said.push(line);
    });
    void gone.then(() => resolve(null));
  });
  if (port === null) throw new Error(`the server did not start:\n${said.join("\n")}`);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    said,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
