import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Faults } from "../faults.ts";
import { type Started, serve } from "../serve.ts";
import { type Asked, type Desk, type No, openDesk } from "./desk.ts";
import type { Half } from "./places.ts";
import {
  type Appointment,
  type Kind,
  kinds,
  type Patient,
  type Resource,
  refusalSystem,
  type Slot,
} from "./resources.ts";
import { matching, search } from "./search.ts";
import { type Keep, openStore } from "./store.ts";

export type HospitalOptions = {
  port?: number;
  token?: string;
  /** A file that outlives the process; without one everything is forgotten at the end. */
  journal?: string;
  /** Epoch milliseconds; the real time when left out. `setClock` goes before it. */
  now?: () => number;
  /** So long is a place held for a confirmation; 10 when left out. */
  holdMinutes?: number;
  /** At most so many resources on one page; 100 when left out. */
  pageSize?: number;
};

export type HospitalControl = {
  /** Stands at this time until told otherwise; null: goes again. Kept in the journal. */
  setClock(at: number | null): void;
  now(): number;
  /** Appointments are neither made nor changed, with this word for it, so many times; 0 times: until cleared by "". */
  refuse(word: string, times?: number): void;
  /** 停诊 of a schedule's half-day; how many appointments fell out. */
  stop(schedule: string, day: string, half: Half, why: string): number;
  /** Another time for a half-day; how many appointments moved. */
  move(schedule: string, day: string, half: Half, minutes: number): number;
  /** At the window: the person came, or did not; without a status something else was noted and only the version went up. */
  touch(appointment: string, status?: "fulfilled" | "noshow"): boolean;
  /** Enters somebody in the register, also a second time. */
  enrol(idNumber: string, name: string, phone?: string): void;
  appointments(): Appointment[];
  patients(): Patient[];
  slots(schedule: string, day?: string): Slot[];
  schedules(): string[];
};

/** A county's hospital with its town house, as a registration desk that speaks FHIR R4 over REST. */
export async function startHospital(options: HospitalOptions = {}): Promise<Started<HospitalControl>> {
  const { token = randomBytes(20).toString("hex"), holdMinutes = 10, pageSize = 100 } = options;
  const system = "urn:weimenhu:appointment";
  const idSystem = "urn:weimenhu:id-number";
  const keep = openStore(options.journal, options.now ?? Date.now);
  const desk = openDesk(keep, { holdMinutes, idSystem });
  const refusals: { word: string; left: number }[] = [];
  const refused = (): No | undefined => {
    const first = refusals[0];
    if (!first) return undefined;
    first.left -= 1;
    if (first.left <= 0) refusals.shift();
    return { status: 409, issue: "business-rule", word: first.word };
  };

  const started = await serve<HospitalControl>({
    port: options.port,
    about: { title: "沙箱：医院", what: "演示用：这里代替真实的医院挂号系统，号源和预约都在里面。没有要操作的。" },
    nameOf: (request) => `${request.method} ${request.url}`,
    env: (url) => ({
      HOSPITAL_BASE: `${url}/fhir`,
      HOSPITAL_TOKEN: token,
      HOSPITAL_SYSTEM: system,
      HOSPITAL_ID_SYSTEM: idSystem,
    }),
    build(app, faults, url) {
      routes(app, { keep, desk, faults, token, pageSize, refused, base: () => `${url()}/fhir` });
      return {
        setClock: (at) => keep.setClock(at),
        now: () => keep.now(),
        refuse: (word, times = 1) =>
          void (word ? refusals.push({ word, left: times || Number.POSITIVE_INFINITY }) : refusals.splice(0)),
        stop: desk.stop,
        move: desk.move,
        touch: desk.touch,
        enrol: (idNumber, name, phone = "") => void desk.enter(idNumber, name, phone),
        appointments: () => {
          desk.wake();
          return keep.all("Appointment");
        },
        patients: () => keep.all("Patient"),
        slots: (schedule, day = "") => {
          desk.wake();
          return keep
            .all("Slot")
            .filter((slot) => slot.schedule.reference === `Schedule/${schedule}` && slot.start.startsWith(day));
        },
        schedules: () => keep.all("Schedule").map(({ id }) => id),
      };
    },
  });
  const close = async () => {
    await started.close();
    keep.close();
  };
  return { ...started, close };
}

type Inside = {
  keep: Keep;
  desk: Desk;
  faults: Faults;
  token: string;
  pageSize: number;
  refused: () => No | undefined;
  base: () => string;
};
type Params = { kind: string; id: string };

function routes(app: FastifyInstance, inside: Inside): void {
  const { keep, desk, faults, token, pageSize, base } = inside;
  const name = (request: FastifyRequest) => `${request.method} ${request.url}`;
  const send = (request: FastifyRequest, reply: FastifyReply, status: number, resource: object) => {
    const type = faults.take(name(request), ["wrong-type"]) ? "text/html" : "application/fhir+json; charset=utf-8";
    return reply.code(status).type(type).send(JSON.stringify(resource));
  };
  const outcome = (request: FastifyRequest, reply: FastifyReply, { status, issue, word }: No) => {
    const details = { coding: [{ system: refusalSystem, code: word }] };
    return send(request, reply, status, {
      resourceType: "OperationOutcome",
      issue: [{ severity: "error", code: issue, details }],
    });
  };
  const answer = (request: FastifyRequest, reply: FastifyReply, status: number, resource: Resource | No) => {
    if (!("resourceType" in resource)) return outcome(request, reply, resource);
    void reply.header("etag", `W/"${resource.meta.versionId}"`);
    void reply.header(
      "location",
      `${base()}/${resource.resourceType}/${resource.id}/_history/${resource.meta.versionId}`,
    );
    return send(request, reply, status, resource);
  };
  const kindOf = (text: string): Kind | undefined => kinds.find((kind) => kind === text);
  const gone: No = { status: 404, issue: "not-found", word: "not-found" };
  const wrong: No = { status: 400, issue: "invalid", word: "invalid" };

  app.addContentTypeParser("application/fhir+json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error("not JSON"), { statusCode: 400 }));
    }
  });
  app.addHook("preHandler", async (request, reply) => {
    if (!request.url.startsWith("/fhir/") || reply.sent || request.url === "/fhir/metadata") return;
    desk.wake();
    if (request.headers.authorization !== `Bearer ${token}`)
      await outcome(request, reply, { status: 401, issue: "login", word: "token" });
    else if (request.body !== undefined && !/^application\/fhir\+json\b/.test(request.headers["content-type"] ?? ""))
      await outcome(request, reply, { status: 415, issue: "not-supported", word: "content-type" });
    else if (faults.take(name(request), ["rate-limit"]))
      await outcome(request, reply, { status: 429, issue: "throttled", word: "later" });
  });

  app.get("/fhir/metadata", (request, reply) =>
    send(request, reply, 200, {
      resourceType: "CapabilityStatement",
      status: "active",
      fhirVersion: "4.0.1",
      format: ["json"],
    }),
  );
  app.get<{ Params: Params }>("/fhir/:kind/:id", (request, reply) => {
    const kind = kindOf(request.params.kind);
    const found = kind && keep.get(kind, request.params.id);
    return answer(request, reply, 200, found ?? gone);
  });
  app.get<{ Params: Params }>("/fhir/:kind", (request, reply) => {
    const kind = kindOf(request.params.kind);
    if (!kind) return outcome(request, reply, gone);
    const query = new URL(request.url, "http://here").searchParams;
    const found = search(keep, { kind, query, base: base(), most: pageSize });
    return found ? send(request, reply, 200, found) : outcome(request, reply, wrong);
  });

  app.post<{ Params: Params; Body: Asked | null }>("/fhir/:kind", (request, reply) => {
    const { kind } = request.params;
    const asked = request.body;
    if ((kind !== "Appointment" && kind !== "Patient") || asked?.resourceType !== kind)
      return outcome(request, reply, wrong);
    const no = kind === "Appointment" ? inside.refused() : undefined;
    if (no) return outcome(request, reply, no);
    const careless = kind === "Appointment" && faults.take(name(request), ["double"]) !== undefined;
    const condition = new URLSearchParams(String(request.headers["if-none-exist"] ?? ""));
    const there = condition.size > 0 ? matching(keep, kind, condition) : [];
    if (!there) return outcome(request, reply, wrong);
    if (kind === "Patient") {
      if (there.length > 1) return outcome(request, reply, { status: 412, issue: "multiple-matches", word: "several" });
      const made = desk.enrol(asked);
      return "status" in made || !there[0] ? answer(request, reply, 201, made) : answer(request, reply, 200, there[0]);
    }
    if (!careless && there.length > 1)
      return outcome(request, reply, { status: 412, issue: "multiple-matches", word: "several" });
    if (!careless && there[0]) return answer(request, reply, 200, there[0]);
    const made = desk.create(asked);
    if (careless && "resourceType" in made) desk.twice(made);
    return answer(request, reply, 201, made);
  });

  app.put<{ Params: { id: string }; Body: Asked | null }>("/fhir/Appointment/:id", (request, reply) => {
    const { id } = request.params;
    if (!keep.get("Appointment", id)) return outcome(request, reply, gone);
    const asked = request.body;
    if (asked?.resourceType !== "Appointment" || asked.id !== id) return outcome(request, reply, wrong);
    const match = request.headers["if-match"];
    if (!match) return outcome(request, reply, { status: 428, issue: "required", word: "if-match" });
    if (faults.take(name(request), ["stale"])) desk.touch(id);
    const one = keep.get("Appointment", id);
    if (!one || match !== `W/"${one.meta.versionId}"`)
      return outcome(request, reply, { status: 412, issue: "conflict", word: "version" });
    return answer(request, reply, 200, inside.refused() ?? desk.update(one, asked));
  });
}
