import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiClient, refusedWith } from "../../../../test/client.ts";
import { freshDatabase } from "../../../../test/database/index.ts";
import { startWorld, type World } from "../../../../test/world.ts";

let world: World;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  world = await startWorld({ databaseUrl: database.url, start: 1_790_000_000_000 });
});
afterAll(async () => {
  await world.close();
  await database.drop();
});
beforeEach(() => {
  for (const system of [world.outside.wechat, world.outside.wechatWeb, world.outside.alipay, world.outside.sms])
    system.control.clearFaults();
});

const consent = privacyVersion;
let serial = 0;
const freshPhone = () => `1990002${String(++serial).padStart(4, "0")}`;

/** A browser: keeps every cookie, follows no redirect by itself. */
function browser() {
  const jar = new Map<string, string>();
  return {
    jar,
    async get(url: string): Promise<Response> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, "user-agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0" };
      const answer = await fetch(url, { redirect: "manual", headers });
      for (const line of answer.headers.getSetCookie()) {
        const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
        if (value === "") jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
}
const target = (answer: Response) => answer.headers.get("location") ?? "";

/** Through the platform's page, as this person, and home again. */
async function hop(vendor: "wechat" | "alipay", as: string, on = browser()) {
  const start = await on.get(`${world.url}/auth/${vendor}?${new URLSearchParams({ back: "/where", consent })}`);
  const page = new URL(target(start));
  page.searchParams.set("as", as);
  const granted = await on.get(page.href);
  return { on, granted, back: await on.get(target(granted)) };
}
const whoHas = async (token: string) => (await apiClient(world.url, "web", () => token).account.me.query({})).me;

test("a way that the county does without is refused plainly, said on the about page, and asks no platform", async () => {
  const own = await freshDatabase();
  const off = await startWorld({
    databaseUrl: own.url,
    env: { SIGN_IN_OFF: "alipay,wechat-web", ALIPAY_PRIVATE_KEY: "" },
  });
  try {
    expect((await off.anybody("web").site.about.query({})).signInOff).toEqual(["alipay", "wechat-web"]);
    const byAlipay = off.anybody("alipay").signIn.alipay.mutate({ code: "any", consent });
    expect(await refusedWith(byAlipay)).toBe("SIGN_IN_OFF");
    for (const vendor of ["wechat", "alipay"]) {
      const page = await fetch(`${off.url}/auth/${vendor}?${new URLSearchParams({ back: "/", consent })}`, {
        redirect: "manual",
      });
      expect([page.status, await page.text()]).toEqual([403, expect.stringContaining("用手机号和验证码登录")]);
    }
    expect(off.outside.alipay.control.requests()).toEqual([]);
    await off.person({ phone: freshPhone() });
  } finally {
    await off.close();
    await own.drop();
  }
});

describe("the whole way over the wire", () => {
  test("WeChat, Alipay, text message and both browsers lead to one person", async () => {
    const phone = "19900000001";
    const weapp = await world.person({ phone, openid: "oMini_resident", unionid: "uUnion_resident" });
    const alipay = await world.person({ phone, openid: "aOpen_resident", channel: "alipay" });
    const web = world.anybody("web");
    await web.signIn.requestCode.mutate({ phone, consent });
    const { me, token } = await web.signIn.withCode.mutate({ phone, code: await world.codeOn(phone), consent });
    expect([alipay.id, me.id, token]).toEqual([weapp.id, weapp.id, null]);
    expect((await web.account.me.query({})).me?.id).toBe(weapp.id);
    for (const vendor of ["wechat", "alipay"] as const) {
      const { on, back } = await hop(vendor, "resident");
      expect([back.status, target(back)]).toEqual([303, "/where"]);
      expect(await whoHas(on.jar.get("wmh_web") ?? "")).toMatchObject({ id: weapp.id, phone: "199****0001" });
      expect(on.jar.has("wmh_hop")).toBe(false);
    }
  });

  test("an answer of the platform that is opened a second time signs nobody in", async () => {
    const { on, granted } = await hop("wechat", "elder");
    const thief = browser();
    const again = await on.get(target(granted));
    const elsewhere = await thief.get(target(granted));
    expect([again.status, elsewhere.status]).toEqual([400, 400]);
    expect(thief.jar.size).toBe(0);
  });
});

describe("the vendors' faults", () => {
  test("a used, made-up or blocked code is a word, not a person", async () => {
    const api = world.anybody("weapp");
    const code = world.outside.wechat.control.issueCode("o_once");
    await api.signIn.wechat.mutate({ code, consent });
    expect(await refusedWith(api.signIn.wechat.mutate({ code, consent }))).toBe("LOGIN_CODE_BAD");
    expect(await refusedWith(api.signIn.wechat.mutate({ code: "made-up", consent }))).toBe("LOGIN_CODE_BAD");
    world.outside.wechat.control.block("o_blocked");
    const blocked = world.outside.wechat.control.issueCode("o_blocked");
    expect(await refusedWith(api.signIn.wechat.mutate({ code: blocked, consent }))).toBe("LOGIN_BLOCKED");
  });

  test("a foreign number and a forged answer of Alipay are refused", async () => {
    const { api } = await world.person();
    const foreign = world.outside.wechat.control.issuePhoneCode("5551234", "1");
    expect(await refusedWith(api.signIn.wechatPhone.mutate({ code: foreign }))).toBe("PHONE_BAD");
    const alipay = await world.person({ channel: "alipay" });
    const { response } = world.outside.alipay.control.issuePhone(freshPhone());
    const { sign } = world.outside.alipay.control.issuePhone(freshPhone());
    expect(await refusedWith(alipay.api.signIn.alipayPhone.mutate({ response, sign }))).toBe("LOGIN_CODE_BAD");
  });

  test("a platform that is down or talks nonsense is OUTSIDE_DOWN, in the browser a page with a way on", async () => {
    const api = world.anybody("weapp");
    for (const kind of ["5xx", "malformed", "drop"] as const) {
      world.outside.wechat.control.fault({ kind, times: 0 });
      const code = world.outside.wechat.control.issueCode(`o_${kind}`);
      expect(await refusedWith(api.signIn.wechat.mutate({ code, consent })), kind).toBe("OUTSIDE_DOWN");
      world.outside.wechat.control.clearFaults();
    }
    world.outside.wechatWeb.control.fault({ kind: "5xx", on: "/sns/", times: 0 });
    const { back } = await hop("wechat", "migrant");
    expect([back.status, back.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
    const page = await back.text();
    expect(page).toContain("对方系统暂时没有回应");
    expect(page).toContain("/auth/wechat?back=%2Fwhere");
  });

  test("a text message that could not be sent goes out when the vendor is back, and only while it is of use", async () => {
    const phone = freshPhone();
    const api = world.anybody("web");
    world.outside.sms.control.fault({ kind: "5xx", times: 0 });
    await api.signIn.requestCode.mutate({ phone, consent });
    await world.settle();
    expect(world.outside.sms.control.messages(phone)).toEqual([]);
    world.outside.sms.control.clearFaults();
    world.clock?.advance(5_000);
    await api.signIn.withCode.mutate({ phone, code: await world.codeOn(phone), consent });

    const late = freshPhone();
    world.outside.sms.control.fault({ kind: "5xx", times: 0 });
    await api.signIn.requestCode.mutate({ phone: late, consent });
    await world.settle();
    world.outside.sms.control.clearFaults();
    world.clock?.advance(3_600_000);
    await world.settle();
    expect(world.outside.sms.control.messages(late)).toEqual([]);
  });
});

test("a page of another site cannot use the cookie", async () => {
  const web = world.anybody("web");
  const phone = freshPhone();
  await web.signIn.requestCode.mutate({ phone, consent });
  const code = await world.codeOn(phone);
  const answer = await fetch(`${world.url}/trpc/signIn.withCode`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-client": "web/1.0.0", origin: world.url },
    body: JSON.stringify({ phone, code, consent }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  expect(cookie).toMatch(/^wmh_web=/);
  const signOut = (headers: Record<string, string>) =>
    fetch(`${world.url}/trpc/account.signOut`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie, ...headers },
      body: "{}",
    });
  expect((await signOut({ origin: "https://evil.example", "x-client": "web/1.0.0" })).status).toBe(403);
  expect((await signOut({ origin: world.url })).status).toBe(403);
  expect(await whoHas(cookie.split("=")[1] ?? "")).not.toBeNull();
  expect((await signOut({ origin: world.url, "x-client": "web/1.0.0" })).status).toBe(200);
  expect(await whoHas(cookie.split("=")[1] ?? "")).toBeNull();
});
