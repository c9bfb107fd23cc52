import { contract } from "@weimenhu/contract";
import { mutation, router } from "../../../kernel/rpc.ts";
import type { IdentityDeps } from "../deps.ts";
import * as code from "./code.ts";
import * as platform from "./platform.ts";
import * as second from "./second.ts";

const { signIn } = contract;

export const signInRoom = (deps: IdentityDeps) =>
  router({
    wechat: mutation(signIn.wechat, "anyone", (ctx, input) => platform.wechat(deps, ctx, input)),
    alipay: mutation(signIn.alipay, "anyone", (ctx, input) => platform.alipay(deps, ctx, input)),
    wechatPhone: mutation(signIn.wechatPhone, "person", (ctx, input) => platform.wechatPhone(deps, ctx, input)),
    alipayPhone: mutation(signIn.alipayPhone, "person", (ctx, input) => platform.alipayPhone(deps, ctx, input)),
    requestCode: mutation(signIn.requestCode, "anyone", (ctx, input) => code.requestCode(deps, ctx, input)),
    withCode: mutation(signIn.withCode, "anyone", (ctx, input) => code.withCode(deps, ctx, input)),
    enrol: mutation(signIn.enrol, "phone", (ctx) => second.enrol(deps, ctx)),
    second: mutation(signIn.second, "phone", (ctx, input) => second.second(deps, ctx, input)),
  });
