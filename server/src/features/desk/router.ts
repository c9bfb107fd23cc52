import { contract } from "@weimenhu/contract";
import { query, router } from "../../kernel/rpc.ts";
import * as service from "./service.ts";

export const deskRoom = (deps: service.DeskDeps) =>
  router({ waiting: query(contract.desk.waiting, "desk.open", (ctx) => service.waiting(deps, ctx)) });
