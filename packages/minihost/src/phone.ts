import type { Bundle } from "./compile/bundle.ts";
import { Files, type StoredFile } from "./files.ts";
import { Lanes } from "./lanes.ts";
import { Activity } from "./logic/activity.ts";
import { Listeners } from "./logic/listeners.ts";
import { Realm } from "./logic/realm.ts";
import { Network, type NetworkType } from "./network.ts";
import type { Storage } from "./storage.ts";
import type {
  Answers,
  ApiCall,
  Bag,
  CalendarEntry,
  Callable,
  LogLine,
  Platform,
  RequestRecord,
  SetDataRecord,
  ShareCard,
  SocketRecord,
  SystemInfo,
  TabState,
  TestFile,
} from "./types.ts";
import { callIfThere, copy, describe } from "./values.ts";
import type { View } from "./view/driver.ts";

/** WeChat sends ten requests, uploads and downloads at once; the next ones wait. Alipay documents no such limit. */
const MOST_AT_ONCE = { weapp: 10, alipay: Number.POSITIVE_INFINITY } as const;

export interface PhoneParts {
  bundle: Bundle;
  view: View;
  storage: Storage;
  system: SystemInfo;
  answers: Answers;
  /** Origins that requests, uploads and downloads may go to. */
  allow: string[];
  /** Where origins really answer. */
  hosts: Record<string, string>;
  clipboard: string;
  /** Files that an earlier start of the app has saved. */
  saved: readonly StoredFile[];
  /** Must the person still agree to the privacy text? */
  privacyNeeded: boolean;
}

/** The state of one phone that runs one bundle: what all parts of the host share. */
export class Phone {
  readonly bundle: Bundle;
  readonly platform: Platform;
  readonly view: View;
  readonly storage: Storage;
  readonly answers: Answers;
  readonly allow: string[];
  readonly #hosts: Map<string, string>;
  readonly activity = new Activity();
  readonly listeners = new Listeners();
  readonly files: Files;
  readonly network: Network;
  readonly realm: Realm;
  /** Names of the platform functions that look into `mocks` before they answer. */
  readonly mockable = new Set<string>(["request"]);
  readonly mocks = new Map<string, Callable>();
  readonly errors: string[] = [];
  readonly logs: LogLine[] = [];
  readonly calls: ApiCall[] = [];
  readonly requests: RequestRecord[] = [];
  readonly socketRecords: SocketRecord[] = [];
  readonly setDatas: SetDataRecord[] = [];
  readonly shares: ShareCard[] = [];
  /** Files that were sent into a chat. */
  readonly sent: TestFile[] = [];
  /** What the phone's own calendar holds. */
  readonly calendar: CalendarEntry[] = [];
  /** True while the app handles a tap, until it waits for something. */
  tapping = false;
  readonly lanes: Lanes;
  /** Exchanges on their way; each can be interrupted. */
  readonly running = new Set<{ interrupt(): void }>();
  /** WebSockets that have not ended. */
  readonly sockets = new Set<{ cut(why: string): void; abandon(): void }>();
  /** Pictures that could not be fetched; why was said then. */
  readonly missing = new Set<string>();
  /** Ids of the buttons with which the person agreed to the privacy text. */
  readonly agreeButtons = new Set<string>();
  /** Things that the person allowed in this app: Alipay's scopes. */
  readonly granted = new Set<string>();
  /** What the person answered when the app asked for a permission: WeChat's scopes. */
  readonly scopes = new Map<string, boolean>();
  /** What the person's yes to Alipay's phone button is worth, until the app fetches it. */
  pendingPhone: Awaited<ReturnType<Answers["phone"]>> | undefined;
  readonly tabs: TabState[];
  system: SystemInfo;
  clipboard: string;
  privacyNeeded: boolean;
  inBackground = false;
  refreshing = false;
  tabBarShown = true;
  /** `wx` or `my`. */
  api: Bag = {};
  /** The app's own object, once `App()` was called. */
  app: Bag = {};
  /** What the app was started with, and what it was last brought to the front with. */
  launchOptions: Bag = {};
  enterOptions: Bag = {};

  constructor(parts: PhoneParts) {
    this.bundle = parts.bundle;
    this.platform = parts.bundle.platform;
    this.view = parts.view;
    this.storage = parts.storage;
    this.system = parts.system;
    this.answers = parts.answers;
    this.allow = parts.allow.map((origin) => new URL(origin).origin);
    this.#hosts = new Map(Object.entries(parts.hosts).map(([from, to]) => [new URL(from).origin, new URL(to).origin]));
    this.clipboard = parts.clipboard;
    this.privacyNeeded = parts.privacyNeeded;
    this.lanes = new Lanes(MOST_AT_ONCE[this.platform]);
    this.files = new Files(this.platform, parts.saved);
    this.tabs = parts.bundle.tabs.map((tab) => ({ ...tab, badge: "", dot: false }));
    this.network = new Network((type) => {
      // A socket belongs to the network that it was made over.
      this.cutSockets("network changed");
      this.tell("NetworkStatusChange", networkStatus(this.platform, type));
    });
    this.realm = new Realm(this.bundle, {
      activity: this.activity,
      guard: (work) => this.guard(work),
      log: (line) => this.log(line),
    });
  }

  /** The address that really answers for one that the bundle uses. */
  addressOf(url: string): string {
    const { protocol, pathname, search } = new URL(url);
    const real = this.#hosts.get(originOf(url));
    if (real === undefined) return url;
    return `${protocol.startsWith("ws") ? real.replace(/^http/, "ws") : real}${pathname}${search}`;
  }
  /** Sockets may go where requests may. */
  mayConnect(url: string): boolean {
    return this.allow.includes(originOf(url));
  }
  cutSockets(why: string): void {
    for (const socket of [...this.sockets]) socket.cut(why);
  }

  /** Something that must not happen on a phone; a clean run has none. */
  fail(error: unknown): void {
    this.errors.push(describe(error));
  }

  log(line: LogLine): void {
    this.logs.push(line);
  }

  /** Runs code of the bundle; a throw is the host's error and the app's `onError`. */
  guard(work: () => unknown): unknown {
    try {
      return work();
    } catch (error) {
      this.fail(error);
      this.tellError(describe(error));
      return undefined;
    }
  }

  record(name: string, args: unknown): void {
    this.calls.push({ name, args: copy(args) });
  }

  /** Calls everybody who listens to a platform event, and counts as activity. */
  tell(event: string, detail?: unknown): void {
    this.activity.touch();
    const adopted = this.realm.adopt(detail);
    for (const callback of this.listeners.of(event)) this.guard(() => callback(adopted));
  }

  tellError(text: string): void {
    const heard = [...this.listeners.of("Error"), () => callIfThere(this.app, "onError", text)];
    for (const callback of heard) {
      try {
        callback(text);
      } catch (error) {
        this.fail(error);
      }
    }
  }
}

/** `ws` counts as `http`, `wss` as `https`. */
const originOf = (url: string): string => new URL(url.replace(/^ws/, "http")).origin;

/** `onNetworkStatusChange` in the platform's words. */
export function networkStatus(platform: Platform, type: NetworkType): Bag {
  const isConnected = type !== "none";
  if (platform === "weapp") return { isConnected, networkType: type };
  const networkType = isConnected ? type.toUpperCase() : "NOTREACHABLE";
  return { isConnected, networkAvailable: isConnected, networkType };
}
