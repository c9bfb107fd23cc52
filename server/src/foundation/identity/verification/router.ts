import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../../kernel/rpc.ts";
import type { IdentityDeps } from "../deps.ts";
import { apply } from "./apply.ts";
import { decide, queue } from "./decide.ts";
import { end, verified } from "./end.ts";
import { groups, mine } from "./mine.ts";
import { importRoster } from "./roster.ts";
import { removeRosterLine, rosterLine } from "./roster-line.ts";

const { verification } = contract;

export const verificationRoom = (deps: IdentityDeps) =>
  router({
    mine: query(verification.mine, "person", (ctx) => mine(deps, ctx)),
    groups: query(verification.groups, "person", (ctx, input) => groups(ctx, input)),
    submit: mutation(verification.submit, "agreed", (ctx, input) => apply(deps, ctx, input)),
    queue: query(verification.queue, "villagers.decide", (ctx, input) => queue(deps, ctx, input)),
    verified: query(verification.verified, "villagers.decide", (ctx, input) => verified(deps, ctx, input)),
    find: mutation(verification.find, "villagers.decide", (ctx, input) => verified(deps, ctx, input)),
    end: mutation(verification.end, "villagers.decide", (ctx, input) => end(deps, ctx, input)),
    decide: mutation(verification.decide, "villagers.decide", (ctx, input) => decide(deps, ctx, input)),
    importRoster: mutation(verification.importRoster, "roster.import", (ctx, input) => importRoster(deps, ctx, input)),
    rosterLine: mutation(verification.rosterLine, "roster.import", (ctx, input) => rosterLine(deps, ctx, input)),
    removeRosterLine: mutation(verification.removeRosterLine, "roster.import", (ctx, input) =>
      removeRosterLine(deps, ctx, input),
    ),
  });
