import { type HospitalOptions, startHospital } from "./index.ts";

/**
 * The hospital alone as a process, so that it can be killed: its options as JSON in the first argument. Prints one JSON line
 * when it listens; ends on SIGTERM or when its standard input closes.
 */
const options = JSON.parse(process.argv[2] ?? "{}") as Omit<HospitalOptions, "now">;
const hospital = await startHospital(options);

async function stop(): Promise<void> {
  await hospital.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop());
process.stdin.resume().once("end", () => void stop());
process.stdout.write(`${JSON.stringify({ ready: true, url: hospital.url, env: hospital.env })}\n`);
