import { contract } from "@weimenhu/contract";
import type { Holding } from "../../../kernel/holdings.ts";
import { mutation, query, router } from "../../../kernel/rpc.ts";
import type { IdentityDeps } from "../deps.ts";
import { changePhone } from "./change-phone.ts";
import { closeAccount } from "./close.ts";
import { exportMine } from "./export.ts";
import * as service from "./service.ts";

const { account } = contract;

export const accountRoom = (deps: IdentityDeps, holdings: readonly Holding[]) =>
  router({
    me: query(account.me, "anyone", (ctx) => service.me(deps, ctx)),
    consent: mutation(account.consent, "person", (ctx, input) => service.consent(ctx, input)),
    setElder: mutation(account.setElder, "person", (ctx, input) => service.setElder(ctx, input)),
    sessions: query(account.sessions, "person", (ctx) => service.mySessions(deps, ctx)),
    endSession: mutation(account.endSession, "person", (ctx, input) => service.endSession(ctx, input)),
    signOut: mutation(account.signOut, "anyone", (ctx) => service.signOut(ctx)),
    changePhone: mutation(account.changePhone, "agreed", (ctx, input) => changePhone(deps, ctx, input)),
    export: query(account.export, "person", (ctx) => exportMine(deps, holdings, ctx)),
    close: mutation(account.close, "person", (ctx) => closeAccount(holdings, ctx)),
  });
