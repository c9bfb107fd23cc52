import { beforeEach, expect, test, vi } from "vitest";

type Options = {
  url: string;
  method: string;
  header: Record<string, string>;
  data?: unknown;
  success(answer: { data: unknown; statusCode: number; header?: Record<string, string> }): void;
  fail(fault: Record<string, unknown>): void;
};

const asked: Options[] = [];
let answer: (options: Options) => void = () => undefined;
const abort = vi.fn();

vi.mock("@tarojs/taro", () => ({
  default: {
    request(options: Options) {
      asked.push(options);
      answer(options);
      return { abort, catch: () => undefined };
    },
    getStorageSync: () => "",
    setStorageSync: () => undefined,
    removeStorageSync: () => undefined,
    reLaunch: () => Promise.resolve(),
    getCurrentPages: () => [],
  },
}));
vi.stubGlobal("PLATFORM", "weapp");
vi.stubGlobal("API_BASE", "http://server.test");
vi.stubGlobal("CLIENT_VERSION", "1.2.3");

const { ask, act, CallFault, keepToken, currentToken } = await import("./rpc.ts");

beforeEach(() => {
  asked.length = 0;
});
const reply = (data: unknown, statusCode = 200) => {
  answer = ({ success }) => success({ data: JSON.stringify(data), statusCode });
};
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof CallFault ? error.fault : error),
  );
const refused = (word: string, zh: string) => [
  { error: { message: zh, code: -32_000, data: { refusal: { word, zh, details: { seconds: 30 } } } } },
];

test("a question is a GET with the client's name, and its answer is read as text", async () => {
  reply([{ result: { data: { me: null } } }]);
  expect(await ask("account.me", {})).toEqual({ me: null });
  const [{ url, method, header, data }] = asked as [Options];
  expect(method).toBe("GET");
  expect(url).toBe(`http://server.test/trpc/account.me?batch=1&input=${encodeURIComponent('{"0":{}}')}`);
  expect(header["x-client"]).toBe("weapp/1.2.3");
  expect(data).toBeUndefined();
});

test("an act is a POST that carries the session", async () => {
  keepToken("secret");
  reply([{ result: { data: { ok: true } } }]);
  await act("account.setElder", { elder: 1 });
  const [{ method, header, data }] = asked as [Options];
  expect([method, header.authorization, data]).toEqual(["POST", "Bearer secret", '{"0":{"elder":1}}']);
  keepToken(null);
});

test("questions asked together travel as one request", async () => {
  reply([{ result: { data: { me: null } } }, { result: { data: { nodes: [] } } }]);
  await Promise.all([ask("account.me", {}), ask("regions.tree", {})]);
  expect(asked.length).toBe(1);
});

test("a refusal keeps its word, its Chinese and its details", async () => {
  reply(refused("CODE_TOO_SOON", "请 1 分钟后再获取"), 429);
  expect(await faultOf(ask("account.me", {}))).toEqual({
    kind: "refused",
    word: "CODE_TOO_SOON",
    zh: "请 1 分钟后再获取",
    details: { seconds: 30 },
  });
});

test("Alipay's failure 19 is the server's answer, not a lost network", async () => {
  answer = ({ fail }) =>
    fail({ error: 19, status: 403, data: JSON.stringify(refused("NOT_ALLOWED", "没有权限")), errorMessage: "http" });
  expect(await faultOf(ask("account.me", {}))).toMatchObject({ kind: "refused", word: "NOT_ALLOWED" });
});

test("a lost network and a slow one are told apart", async () => {
  answer = ({ fail }) => fail({ errMsg: "request:fail net::ERR_INTERNET_DISCONNECTED" });
  expect(await faultOf(ask("account.me", {}))).toMatchObject({ kind: "offline" });
  answer = ({ fail }) => fail({ errMsg: "request:fail timeout" });
  expect(await faultOf(ask("account.me", {}))).toMatchObject({ kind: "timeout" });
});

test("a session that the server no longer knows is forgotten", async () => {
  keepToken("old");
  reply(refused("SIGN_IN_FIRST", "请先登录"), 401);
  await faultOf(ask("account.sessions", {}));
  expect(currentToken()).toBeNull();
});

test("a late answer to an earlier session does not end the one of now", async () => {
  keepToken("old");
  reply(refused("SIGN_IN_FIRST", "请先登录"), 401);
  const late = faultOf(ask("account.sessions", {}));
  keepToken("new");
  await late;
  expect(currentToken()).toBe("new");
});
