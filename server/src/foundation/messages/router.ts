import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../kernel/rpc.ts";
import type { InboxDeps } from "./deps.ts";
import * as service from "./service.ts";

export function messagesRoom(deps: InboxDeps) {
  const c = contract.messages;
  return router({
    inbox: query(c.inbox, "person", (ctx, input) => service.inbox(deps, ctx, input)),
    unread: query(c.unread, "person", (ctx) => service.unread(ctx)),
    read: mutation(c.read, "person", (ctx, input) => service.read(ctx, input)),
    readAll: mutation(c.readAll, "person", (ctx, input) => service.readAll(ctx, input)),
    templates: query(c.templates, "person", (ctx) => service.templates(deps, ctx)),
    consented: mutation(c.consented, "person", (ctx, input) => service.consented(ctx, input)),
  });
}
