import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../kernel/rpc.ts";
import type { RoomDeps } from "./deps.ts";
import { move, rate } from "./service.act.ts";
import { board } from "./service.board.ts";
import { cadres, desk, get } from "./service.read.ts";
import { removeTemplate, saveTemplate, templates } from "./service.templates.ts";

/** `get`, `move` and `rate` are the author's too: the row says who may. */
export function casesRoom(deps: RoomDeps) {
  const c = contract.cases;
  return router({
    desk: query(c.desk, "cases.handle", (ctx, input) => desk(deps, ctx, input)),
    get: query(c.get, "phone", (ctx, input) => get(deps, ctx, input)),
    move: mutation(c.move, "agreed", (ctx, input) => move(deps, ctx, input)),
    rate: mutation(c.rate, "agreed", (ctx, input) => rate(deps, ctx, input)),
    cadres: query(c.cadres, "cases.handle", (ctx, input) => cadres(deps, ctx, input)),
    templates: query(c.templates, "cases.handle", (ctx) => templates(ctx)),
    saveTemplate: mutation(c.saveTemplate, "cases.handle", (ctx, input) => saveTemplate(ctx, input)),
    removeTemplate: mutation(c.removeTemplate, "cases.handle", (ctx, input) => removeTemplate(ctx, input)),
    board: query(c.board, "cases.handle", (ctx, input) => board(deps, ctx, input)),
  });
}
