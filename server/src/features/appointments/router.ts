import { contract } from "@weimenhu/contract";
import { hotQuery, mutation, query, router } from "../../kernel/rpc.ts";
import type { AppointmentsDeps } from "./deps.ts";
import * as booking from "./service.book.ts";
import * as desk from "./service.desk.ts";
import * as line from "./service.line.ts";
import * as mine from "./service.mine.ts";
import * as open from "./service.offers.ts";
import * as plans from "./service.plan.ts";

const a = contract.appointments;
const second = 1_000;

export const appointmentsRoom = (deps: AppointmentsDeps) =>
  router({
    offers: hotQuery(
      a.offers,
      { ttlMs: 60 * second, scopes: (input) => open.offersScopes(input.region ?? deps.home) },
      (ctx, input) => open.offers(deps, ctx, input),
    ),
    // Places are given out at a set minute: an answer from before it is kept no longer than this.
    slots: hotQuery(a.slots, { ttlMs: 5 * second, scopes: (input) => open.slotsScopes(input.offer) }, (ctx, input) =>
      open.slots(deps, ctx, input),
    ),
    book: mutation(a.book, "agreed", (ctx, input) => booking.book(deps, ctx, input)),
    cancel: mutation(a.cancel, "phone", (ctx, input) => booking.cancel(deps, ctx, input)),
    wait: mutation(a.wait, "agreed", (ctx, input) => line.wait(deps, ctx, input)),
    leave: mutation(a.leave, "phone", (ctx, input) => line.leave(ctx, input)),
    waiting: query(a.waiting, "phone", (ctx) => line.waiting(deps, ctx)),
    mine: query(a.mine, "phone", (ctx, input) => mine.mine(deps, ctx, input)),
    get: query(a.get, "phone", (ctx, input) => mine.get(deps, ctx, input)),
    checkIn: mutation(a.checkIn, "appointments.serve", (ctx, input) => desk.checkIn(deps, ctx, input)),
    day: query(a.day, "appointments.serve", (ctx, input) => desk.day(deps, ctx, input)),
    desk: query(a.desk, "appointments.manage", (ctx, input) => plans.desk(ctx, input)),
    plan: query(a.plan, "appointments.manage", (ctx, input) => plans.plan(deps, ctx, input)),
    saveOffer: mutation(a.saveOffer, "appointments.manage", (ctx, input) => plans.saveOffer(deps, ctx, input)),
  });
