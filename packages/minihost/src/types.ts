/** A bag of unknown things: what a bundle hands over, before anybody has looked inside. */
export type Bag = Record<string, unknown>;
/** A function that came out of a bundle. */
export type Callable = (...args: unknown[]) => unknown;

export type Platform = "weapp" | "alipay";

/**
 * Says which element is meant: a CSS selector (built-in elements are called `wx-view`, `wx-button`, … on both platforms),
 * or what a person would say. `text` is the whole visible text of the innermost such element (or a RegExp on it), `label`
 * its accessible name, `role` its accessible role. `within` narrows to a part of the page, `nth` counts from 0.
 * A `text` or `label` that fits several elements is refused by actions unless `nth` says which.
 */
export type Selector =
  | string
  | { text?: string | RegExp; label?: string | RegExp; role?: string; css?: string; within?: Selector; nth?: number };

/** One element of the page in front, as the view shows it. */
export interface Found {
  tag: string;
  id: string;
  className: string;
  text: string;
  role: string;
  name: string;
  visible: boolean;
  disabled: boolean;
  /** What a field holds; "" for other elements. */
  value: string;
  /** State of a switch, checkbox or radio; false for other elements. */
  checked: boolean;
  rect: Rect;
}

/** In CSS pixels, from the top left of the screen; all zero in jsdom, which has no layout. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
  width: number;
  height: number;
}

/** One node of the accessibility tree: what a screen reader would meet. */
export interface A11yNode {
  role: string;
  name: string;
  checked?: boolean;
  disabled?: boolean;
  children: A11yNode[];
}

/** One HTTP exchange that the bundle started, in the order of completion. `status` is 0 when no answer arrived. */
export interface RequestRecord {
  kind: "request" | "upload" | "download";
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  status: number;
  /** Why it failed on the phone's side, "" when an answer arrived. */
  failure: string;
}

/** One WebSocket that the bundle asked for. Bytes are told by their number. */
export interface SocketRecord {
  url: string;
  headers: Record<string, string>;
  protocols: string[];
  state: "connecting" | "open" | "closed";
  sent: string[];
  received: string[];
  /** Why it ended; 1006 when it broke, 0 while it has not. */
  code: number;
}

/** One `setData`: its size in UTF-8 bytes of JSON is what crosses between the two threads of a phone. */
export interface SetDataRecord {
  route: string;
  bytes: number;
  keys: string[];
}

/** One call of a platform API, by the platform's own name. */
export interface ApiCall {
  name: string;
  args: unknown;
}

export interface LogLine {
  level: "log" | "info" | "warn" | "error" | "debug";
  text: string;
}

/** A file that the test puts into the person's hand. */
export interface TestFile {
  name: string;
  bytes: Uint8Array;
  type?: "image" | "video" | "file";
  width?: number;
  height?: number;
}

/** An entry of the phone's calendar. Times in seconds since 1970; `alarm`: so many seconds ahead, null when it does not ring. */
export interface CalendarEntry {
  title: string;
  start: number;
  end: number;
  allDay: boolean;
  description: string;
  location: string;
  alarm: number | null;
}

/** What a picture is drawn from. */
export interface PictureBytes {
  bytes: Uint8Array;
  type: string;
}

export interface TabState {
  route: string;
  text: string;
  /** Paths in the bundle, "" when there is none. */
  icon: string;
  selectedIcon: string;
  badge: string;
  dot: boolean;
}

export interface ShareCard {
  title: string;
  path: string;
  imageUrl: string;
  from: "menu" | "button";
}

/** Where the money went, in words that fit both platforms. `unknown` is Alipay's 6004/8000; WeChat shows it as a failure. */
export type PayOutcome = "paid" | "cancelled" | "failed" | "unknown";

/**
 * What the person, or the vendor, answers. Each has a friendly default, so a test names only what it is about.
 * Throwing (or rejecting) makes the platform API fail with the error's message.
 */
export interface Answers {
  /** `wx.login` / `my.getAuthCode`. Default: a new code each time, `code-weapp-1`. */
  login(): Awaitable<{ code: string }>;
  /** The phone button. WeChat answers `code`; Alipay `response` and `sign`. Throwing means "the person refused". */
  phone(): Awaitable<{ code?: string; response?: string; sign?: string }>;
  /** `wx.requestPayment` / `my.tradePay`. Default: "paid". */
  pay(order: Bag): Awaitable<PayOutcome>;
  /** The text of the code that was scanned; null means the person went back. */
  scan(): Awaitable<string | null>;
  /** What was picked in the album or with the camera; [] means the person went back. */
  images(request: { count: number }): Awaitable<TestFile[]>;
  /**
   * Per template; one that is not named is refused. "off": messages are switched off in the phone's settings, so no sheet
   * comes up. Default: all "accept".
   */
  subscribe(templates: string[]): Awaitable<Record<string, "accept" | "reject" | "ban"> | "off">;
  /** A dialog with a yes and maybe a no. Default: yes. */
  confirm(dialog: { title: string; content: string }): Awaitable<boolean>;
  /** The index that was tapped; null means the sheet was closed. Default: 0. */
  actionSheet(items: string[]): Awaitable<number | null>;
  /** The privacy pop-up. Default: agreed. */
  privacy(): Awaitable<boolean>;
  location(): Awaitable<{ latitude: number; longitude: number }>;
  /** WeChat: may the app write into the calendar? Asked once. Throwing fails this one time, as `cancel` does. Default: yes. */
  calendar(entry: CalendarEntry): Awaitable<boolean>;
  /** WeChat's page of permissions: how the person leaves those that it shows. Default: all on. */
  settings(shown: Record<string, boolean>): Awaitable<Record<string, boolean>>;
}
export type Awaitable<T> = T | Promise<T>;

/** What the phone says about itself, in the words of `getSystemInfoSync`. Sizes in CSS pixels. */
export interface SystemInfo {
  brand: string;
  model: string;
  pixelRatio: number;
  windowWidth: number;
  windowHeight: number;
  screenWidth: number;
  screenHeight: number;
  statusBarHeight: number;
  language: string;
  version: string;
  system: string;
  platform: string;
  SDKVersion: string;
  /** The person's system font size in pixels; 16 is normal (Alipay and WeChat both call it so). */
  fontSizeSetting: number;
  theme: "light" | "dark";
  safeArea: Rect;
}
