import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { OutsideFault } from "../fault.ts";
import type { HoldQuestion, HospitalDesk } from "../ports.ts";
import { faultOf } from "../wire-help.ts";
import { fhirHospital } from "./fhir.ts";
import { ask, doctor, heldBy, hour, monday, settingsOf, stubborn, sunday } from "./wire-help.ts";

const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-hospital-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const entry = fileURLToPath(new URL("../../../sandbox/src/hospital/main.ts", import.meta.url));

type Ready = { url: string; env: Record<string, string> };
const deskOf = (hospital: Ready) => fhirHospital({ dial: makeDial(stubborn), ...settingsOf(hospital) });
const portOf = ({ url }: Ready) => Number(new URL(url).port);

async function start(options: object): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = spawn(process.execPath, ["--import", "tsx", entry, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, ready: JSON.parse(line) as Ready };
}
/** What was being written when it died has no end, and was not answered. */
async function kill(child: ChildProcess, journal: string): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  writeFileSync(journal, '{"resources":[{"resourceType":"Appoi', { flag: "a" });
}
const setClock = (url: string, at: number) =>
  fetch(`${url}/__control/setClock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([at]),
  });

test("a hospital that is killed has forgotten nothing that it answered, and goes on at the same time with the same rules", async () => {
  const options = { token: "journal", journal: path.join(dir, "once.jsonl") };
  const first = await start(options);
  await setClock(first.ready.url, sunday);
  const before = deskOf(first.ready);
  const [one, two, three] = [ask(), ask(), ask()];
  const booked = await heldBy(before, one);
  await before.confirm({ ref: booked.ref, start: monday });
  await heldBy(before, two);
  const given = await heldBy(before, three);
  await before.cancel(given.ref);
  const told = await before.daily("2026-11-23");
  await kill(first.child, options.journal);
  expect((await faultOf(before.hold(one))).unknown).toBe(false);

  const { child, ready } = await start({ ...options, port: portOf(first.ready) });
  const after = deskOf(ready);
  expect(await after.daily("2026-11-23")).toEqual(told);
  expect(await after.hold(one)).toMatchObject({ held: { ref: booked.ref, state: "booked" } });
  expect(await after.hold(ask({ patient: one.patient }))).toEqual({ no: "same-day" });
  const [period] = await after.periods({ doctor, from: "2026-11-23", to: "2026-11-23" });
  expect(period).toMatchObject({ free: 6, total: 8 });
  await setClock(ready.url, sunday + hour);
  expect((await after.find(two.key)).map(({ why }) => why)).toEqual(["lapsed"]);
  await kill(child, options.journal);
});

test("killed again and again among a hundred bookings: everybody gets an answer, nobody two places, no place two people", {
  timeout: 120_000,
}, async () => {
  const options = { token: "journal", journal: path.join(dir, "often.jsonl") };
  let { child, ready } = await start(options);
  const port = portOf(ready);
  await setClock(ready.url, sunday);
  const desk = deskOf(ready);
  const doctors = ["10", "07", "12", "13", "11", "05", "04", "04.03"].map((code) => `county-${code}-r1`);
  let up: Promise<unknown> = Promise.resolve();

  /** As the outbox does: what ended in no answer is asked again under the same key. */
  async function persist<T>(act: () => Promise<T>): Promise<T> {
    for (let tried = 0; tried < 50; tried++) {
      await up;
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof OutsideFault)) throw error;
      }
    }
    throw new Error("no answer at all");
  }
  async function book(hospital: HospitalDesk, question: HoldQuestion): Promise<string> {
    const held = await persist(() => hospital.hold(question));
    if ("no" in held) return held.no;
    const { ref, start } = held.held;
    const done = await persist(() => hospital.confirm({ ref, start }));
    return "no" in done ? done.no : done.booked.ref;
  }

  const questions = Array.from({ length: 100 }, (_, n) => ask({ doctor: doctors[n % doctors.length] ?? doctor }));
  const everybody = Promise.all(questions.map((question) => book(desk, question)));
  for (let killed = 0; killed < 4; killed++) {
    const size = statSync(options.journal).size;
    await vi.waitFor(() => expect(statSync(options.journal).size).toBeGreaterThan(size + 15_000), {
      timeout: 10_000,
      interval: 5,
    });
    up = (async () => {
      await kill(child, options.journal);
      ({ child, ready } = await start({ ...options, port }));
    })();
    await up;
  }
  const answers = await everybody;

  const list = await desk.daily("2026-11-23");
  const booked = list.filter(({ state }) => state === "booked");
  expect(list.filter(({ state }) => state === "held")).toEqual([]);
  expect(booked.map(({ ref }) => ref).toSorted()).toEqual(answers.filter((one) => one !== "taken").toSorted());
  expect(new Set(booked.map(({ key }) => key)).size).toBe(booked.length);
  expect(new Set(booked.map((one) => `${one.doctor} ${one.number}`)).size).toBe(booked.length);
  for (const one of doctors) {
    const [period] = await desk.periods({ doctor: one, from: "2026-11-23", to: "2026-11-23" });
    expect([one, period?.free, period?.total]).toEqual([one, 0, booked.filter((entry) => entry.doctor === one).length]);
  }
  await kill(child, options.journal);
});
