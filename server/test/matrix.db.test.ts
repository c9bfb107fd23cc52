import type { AnyProcedure } from "@trpc/server";
import { contract } from "@weimenhu/contract";
import {
  type Caller,
  callRefusal,
  type GrantedRole,
  grantedRoles,
  permissions,
  type Who,
} from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApi } from "../src/api.ts";
import { refusalIn } from "../src/kernel/refuse.ts";
import type { Meta } from "../src/kernel/rpc.ts";
import { everyKind, inputs, type Place, placeless } from "./matrix.ts";
import { openVillage } from "./matrix.village.ts";
import { openRoom, somebody } from "./room.ts";

/** Every procedure, asked by every kind of person, from the right village and from another. */
const county = "990101000000";
const [village, neighbour] = ["990101101201", "990101102201"];
const names = Object.entries(contract).flatMap(([room, shapes]) =>
  Object.keys(shapes).map((name) => `${room}.${name}`),
);

let room: Awaited<ReturnType<typeof openRoom>>;
let procedures: Record<string, AnyProcedure>;
let place: Place;

beforeAll(async () => {
  room = await openRoom();
  ({ place, procedures } = await openVillage(room, makeApi, { county, village, neighbour }));
});
afterAll(() => room.close());

function whoOf(name: string): Who {
  const meta = procedures[name]?._def.meta as Meta | undefined;
  if (!meta) throw new Error(`${name} does not say who may call it`);
  return meta.who;
}

/** The rows of one who is signed in. */
async function makeReal({ personId, sessionId }: Caller): Promise<void> {
  await room.db.pool.execute("INSERT IGNORE INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
    personId,
  ]);
  await room.db.pool.execute(
    `INSERT IGNORE INTO session (id, token_hash, person_id, channel, device, bound, created_at, seen_at)
      VALUES (?, ?, ?, 'web', '', 0, NOW(3), NOW(3))`,
    [sessionId, sessionId, personId],
  );
}

/** How a call ends: the word it is refused with, or what it answers. */
async function ask(name: string, caller: Caller | null): Promise<{ word: string | null; answer: unknown }> {
  const input = inputs[name]?.(place);
  const procedure = procedures[name];
  if (!input || !procedure) throw new Error(`the matrix cannot ask ${name}`);
  const { type } = procedure._def;
  try {
    if (caller) await makeReal(caller);
    const getRawInput = async () => input;
    const answer = await procedure({
      ctx: room.ctx(caller),
      path: name,
      type,
      input,
      getRawInput,
      signal: undefined,
      batchIndex: 0,
    });
    return { word: null, answer };
  } catch (fault) {
    const refusal = refusalIn(fault);
    if (!refusal) throw fault;
    return { word: refusal.word, answer: null };
  }
}

const kinds = (region: (role: GrantedRole) => string) =>
  everyKind(grantedRoles, region, (more) => somebody(more.grants ? [...more.grants] : [], more));
const admins: readonly GrantedRole[] = ["sysadmin", "secadmin", "auditadmin"];
const empty = (answer: unknown): boolean =>
  typeof answer === "object" &&
  answer !== null &&
  "items" in answer &&
  Array.isArray(answer.items) &&
  answer.items.length === 0;

test("the router answers exactly the procedures of the contract, and the matrix asks each of them", () => {
  expect(Object.keys(procedures).sort()).toEqual([...names].sort());
  expect(Object.keys(inputs).sort()).toEqual([...names].sort());
});

test("every procedure says who may call it", () => {
  for (const name of names) expect(whoOf(name), name).toBeTypeOf("string");
});

describe.each(names)("%s", (name) => {
  test("lets in whom the table names, and asks everybody else for what is missing", async () => {
    const wrong: string[] = [];
    for (const [kind, caller] of kinds((role) => (admins.includes(role) ? county : village))) {
      const wanted = callRefusal(caller, whoOf(name));
      const { word } = await ask(name, caller);
      const kept = word === "SIGN_IN_FIRST" || word === "SECOND_FACTOR_FIRST";
      if (wanted === null ? kept : word !== wanted) wrong.push(`${kind}: ${word ?? "let in"}`);
    }
    expect(wrong).toEqual([]);
  });

  test("tells people of another village nothing, whatever their role", async () => {
    const who = whoOf(name);
    const told: string[] = [];
    for (const [kind, caller] of kinds(() => neighbour)) {
      if (!(who in permissions) || placeless.has(name) || callRefusal(caller, who) !== null) continue;
      const { word, answer } = await ask(name, caller);
      const nothing = word === null ? empty(answer) : word === "NOT_ALLOWED" || word === "NOT_FOUND";
      if (!nothing) told.push(`${kind}: ${word ?? "answered"}`);
    }
    expect(told).toEqual([]);
  });
});
