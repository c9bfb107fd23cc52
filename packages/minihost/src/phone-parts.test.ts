import { afterEach, describe, expect, test, vi } from "vitest";
import { canIUse } from "./api/can-i-use.ts";
import { Files } from "./files.ts";
import { Lanes } from "./lanes.ts";
import { Activity } from "./logic/activity.ts";
import { Listeners } from "./logic/listeners.ts";
import { parseUrl } from "./logic/stack.ts";
import { Timers } from "./logic/timers.ts";
import { Network } from "./network.ts";
import { Storage } from "./storage.ts";
import { dataPath, writePath } from "./values.ts";

describe("urls", () => {
  test("query values stay as they are written, as WeChat hands them over", () => {
    expect(parseUrl("/pages/a/index?t=%E8%8C%B6&b&c=d=e")).toEqual({
      route: "pages/a/index",
      query: { t: "%E8%8C%B6", b: "", c: "d=e" },
    });
  });
  test("a relative url starts at the page in front", () => {
    expect(parseUrl("../b/index?x=1", "pages/a/index").route).toBe("pages/b/index");
  });
});

describe("data paths", () => {
  test("names, indexes and nested indexes are read", () => {
    expect(dataPath("root.cn[0].cn[12].v")).toEqual(["root", "cn", 0, "cn", 12, "v"]);
  });
  test("what is missing on the way is made, as list or object", () => {
    const data = {};
    writePath(data, "a.b[1].c", 5);
    expect(data).toEqual({ a: { b: [undefined, { c: 5 }] } });
  });
});

describe("activity", () => {
  test("while the person is asked nothing goes on; their answer is work again", async () => {
    const activity = new Activity();
    const end = activity.begin();
    let answer = (_agreed: boolean) => {};
    const asked = activity.pause(new Promise<boolean>((resolve) => (answer = resolve)));
    expect(activity.quiet(0)).toBe(true);
    answer(true);
    expect(await asked).toBe(true);
    expect(activity.quiet(0)).toBe(false);
    end();
    expect(activity.quiet(0)).toBe(true);
  });
});

describe("storage", () => {
  test("one WeChat key holds 1 MB, one Alipay key 200 KB, and what was there stays when more is refused", () => {
    const storage = new Storage();
    expect(storage.put("weapp", "k", "x".repeat(1024 * 1024 - 2))).toBe("");
    expect(storage.put("weapp", "k", "x".repeat(1024 * 1024))).toBe("entry size limit reached");
    expect(String(storage.get("k"))).toHaveLength(1024 * 1024 - 2);
    expect(storage.put("alipay", "a", "x".repeat(201 * 1024))).toBe("entry size limit reached");
  });
  test("ten MB are the whole, and rewriting a key counts once", () => {
    const storage = new Storage();
    const much = "x".repeat(1024 * 1024 - 100);
    for (let i = 0; i < 10; i++) expect(storage.put("weapp", `k${i}`, much)).toBe("");
    expect(storage.put("weapp", "k3", much)).toBe("");
    expect(storage.put("weapp", "one more", much)).toContain("exceed storage max size");
  });
  test("what is stored is a copy", () => {
    const list = [1];
    const storage = new Storage({ list });
    list.push(2);
    expect(storage.get("list")).toEqual([1]);
  });
});

describe("the network", () => {
  test("each change is told once, and coming back restores the kind", () => {
    const told: string[] = [];
    const network = new Network((type) => void told.push(type));
    network.type = "4g";
    network.offline = true;
    network.offline = true;
    network.offline = false;
    expect(told).toEqual(["4g", "none", "4g"]);
  });
  test("drops and lost answers count down", () => {
    const network = new Network(() => {});
    network.dropNext = 1;
    network.loseAnswers = 1;
    expect([network.next(), network.next(), network.next()]).toEqual(["drop", "lose-answer", "go"]);
  });
  test("what is held waits for the release and nothing else", async () => {
    const network = new Network(() => {});
    network.hold = true;
    const order: string[] = [];
    const passed = network.pass("https://a.example/one").then(() => order.push("passed"));
    order.push("held");
    network.release();
    await passed;
    expect(order).toEqual(["held", "passed"]);
    network.hold = "/one";
    await network.pass("https://a.example/two");
    void network.pass("https://a.example/one");
    expect(network.held).toBe(1);
  });
});

describe("files", () => {
  test("paths look like each platform's, and a path that nobody gave is refused", () => {
    const file = { name: "a.png", bytes: new Uint8Array([1]) };
    expect(new Files("weapp").add(file).path).toBe("http://tmp/1.png");
    expect(new Files("alipay").add(file).path).toBe("https://resource/1.png");
    expect(() => new Files("weapp").need("/etc/passwd")).toThrow("no such file");
  });

  test("a saved file is moved, outlives the app, and is gone when it was removed; others end with the app", () => {
    const before = new Files("weapp");
    const [kept, lost] = ["a.png", "b.png"].map((name) => before.add({ name, bytes: new Uint8Array([1]) }));
    const { path } = before.save(before.need(kept?.path));
    expect(before.get(kept?.path ?? "")).toBeUndefined();
    const later = new Files("weapp", before.saved);
    expect(later.need(path).name).toBe("a.png");
    expect(later.get(lost?.path ?? "")).toBeUndefined();
    later.remove(path);
    expect(later.saved).toEqual([]);
  });
});

describe("listeners", () => {
  test("of the privacy question only the last is told, of other events all", () => {
    const listeners = new Listeners();
    const [first, second] = [() => 1, () => 2];
    for (const event of ["NeedPrivacyAuthorization", "AppShow"])
      for (const callback of [first, second]) listeners.on(event, callback);
    expect(listeners.of("NeedPrivacyAuthorization")).toEqual([second]);
    expect(listeners.of("AppShow")).toEqual([first, second]);
  });
});

describe("lanes", () => {
  test("one goes when another has left, in the order of coming; who gives up leaves the line", async () => {
    const lanes = new Lanes(1);
    const order: string[] = [];
    const enter = (name: string) => {
      const { turn, leave } = lanes.enter();
      void turn?.then(() => order.push(name));
      return { turn, leave };
    };
    const [first, second, third] = [enter("first"), enter("second"), enter("third")];
    expect(first.turn).toBeUndefined();
    second.leave();
    first.leave();
    first.leave();
    await third.turn;
    expect(order).toEqual(["third"]);
    third.leave();
    expect(lanes.enter().turn).toBeUndefined();
    expect(lanes.enter().turn).toBeDefined();
  });
});

describe("timers", () => {
  afterEach(() => vi.useRealTimers());
  test("what is due while the app is suspended runs once when it wakes, and what was cleared does not", () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    const timers = new Timers({ activity: new Activity(), guard: (work) => work() });
    const set = (name: "setTimeout" | "setInterval", text: string) =>
      timers.functions[name]?.(() => ran.push(text), 1000);
    const cleared = set("setTimeout", "cleared");
    set("setTimeout", "once");
    set("setInterval", "again");
    timers.sleep();
    vi.advanceTimersByTime(5000);
    expect(ran).toEqual([]);
    timers.functions.clearTimeout?.(cleared);
    timers.wake();
    expect(ran).toEqual(["once", "again"]);
    vi.advanceTimersByTime(1000);
    expect(ran).toEqual(["once", "again", "again"]);
  });

  test("nothing of an app that was ended runs, neither what was set before nor what is set after", () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    const activity = new Activity();
    const timers = new Timers({ activity, guard: (work) => work() });
    timers.functions.setTimeout?.(() => ran.push("soon"), 10);
    timers.functions.setInterval?.(() => ran.push("again"), 1000);
    timers.end();
    timers.functions.setTimeout?.(() => ran.push("after"), 10);
    vi.advanceTimersByTime(5000);
    expect(ran).toEqual([]);
    expect(activity.quiet(0)).toBe(true);
  });
});

describe("canIUse", () => {
  test.each([
    ["login", true],
    ["login.object.timeout", true],
    ["fooBar", false],
    ["fooBar.success", false],
    ["button.open-type.getPhoneNumber", true],
    ["button.open-type.getAuthorize", false],
    ["hologram.size", false],
  ])("%s on WeChat: %s", (name, answer) => {
    expect(canIUse({ login() {} }, "weapp", name)).toBe(answer);
  });
});
