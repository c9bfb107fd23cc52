import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { alive, guarded, until } from "./proc.mjs";

const lib = fileURLToPath(new URL("./proc.mjs", import.meta.url));

test("a child does not outlive its starter, not even one that is killed without warning", async () => {
  const script = `import { guarded } from ${JSON.stringify(lib)};
    const part = guarded("sh", ["-c", "echo $$; while :; do sleep 1; done"]);
    part.child.stdout.on("data", (pid) => console.log(String(pid).trim()));`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script]);
  const pid = Number(await new Promise((resolve) => starter.stdout.once("data", resolve)));
  expect(alive(pid)).toBe(true);
  starter.kill("SIGKILL");
  expect(await until(() => !alive(pid), 10_000)).toBe(true);
});

test("a child that does not listen to a polite request is ended all the same", async () => {
  const part = guarded(process.execPath, [
    "-e",
    "process.on('SIGTERM', () => 0); setInterval(() => 0, 1000); console.log(process.pid)",
  ]);
  const pid = Number(await new Promise((resolve) => part.child.stdout.once("data", resolve)));
  await part.stop(300);
  expect(await until(() => !alive(pid), 5_000)).toBe(true);
});
