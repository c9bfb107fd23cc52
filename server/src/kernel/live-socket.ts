import { type LiveNews, liveAsk, liveClose, liveLimits } from "@weimenhu/contract/live";
import type { WebSocket } from "ws";
import { safeParse } from "zod/v4/core";
import { callerScope } from "./caller.ts";
import type { Caller } from "./ctx.ts";
import type { LiveHub, Standing } from "./live-hub.ts";

/** What one kind of scope is: which version stamp it stands for, and who of them may be told. */
export type LiveScope = {
  stamp(id: string): string;
  /** Of these ids, those that the caller may watch. */
  may(caller: Caller | null, ids: readonly string[]): Promise<readonly string[]>;
};
/** By the word before the colon. Handed in: the kernel knows no feature. */
export type LiveScopes = Readonly<Record<string, LiveScope>>;

export type SocketDeps = {
  hub: LiveHub;
  scopes: LiveScopes;
  resolveCaller(token: string): Promise<Caller | null>;
  /** The token of the cookie that came with the connection, by the client's own name of itself; null without one. */
  cookie(client: string): string | null;
  tooOld(client: string): boolean;
  /** Waits for a turn with the database, so that a crowd that comes back leaves room for everybody else. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  onFault(fault: unknown): void;
  onNews(): void;
};

/** A reader who lets so much lie unread is not there any more, or too slow to be told. */
const mostUnread = 64 * 1024;

type Who = { caller: Caller | null; token: string | null };

/** One connection: what it asks for, what it may have, and what it is told. */
export class LiveSocket {
  readonly #socket: WebSocket;
  readonly #deps: SocketDeps;
  /** The scopes told of, by stamp. */
  #watched = new Map<string, string>();
  #asked: readonly string[] = [];
  #who: Who | null = null;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #messages = 0;
  #minute = 0;
  #alive = true;
  #over = false;

  constructor(socket: WebSocket, deps: SocketDeps) {
    this.#socket = socket;
    this.#deps = deps;
    socket.on("message", (data, isBinary) =>
      this.#take(isBinary || !Buffer.isBuffer(data) ? null : data.toString("utf8")),
    );
    socket.on("pong", () => {
      this.#alive = true;
    });
    socket.on("close", () => this.#end());
    // The close that follows is what counts; a frame that is too large, or broken, ends in it too.
    socket.on("error", () => undefined);
  }

  /** Has it said anything yet? */
  get greeted(): boolean {
    return this.#who !== null;
  }

  /** A sign of life in both directions; one that did not answer the last is gone. */
  beat(): void {
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    this.#socket.ping();
    this.#send({});
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #take(text: string | null): void {
    const minute = Math.floor(performance.now() / 60_000);
    this.#messages = minute === this.#minute ? this.#messages + 1 : 1;
    this.#minute = minute;
    const ask = text === null ? null : asked(text);
    if (!ask || this.#messages > liveLimits.messages || this.#deps.tooOld(ask.client)) return this.close(liveClose.bad);
    // Each message says everything: of those that wait, only the last would count.
    if (this.#waiting > 3) return this.close(liveClose.later);
    this.#then(async () => {
      const token = ask.token ?? this.#deps.cookie(ask.client);
      this.#who = { token, caller: await this.#callerOf(token) };
      this.#asked = [...new Set(ask.scopes)];
      await this.#watch(false);
    });
  }

  #then(work: () => Promise<void>): void {
    this.#waiting++;
    this.#work = this.#work
      .then(async () => {
        if (!this.#over) await work();
      })
      .catch((fault: unknown) => {
        this.#deps.onFault(fault);
        this.close(liveClose.later);
      })
      .finally(() => {
        this.#waiting--;
      });
  }

  /** Watches what was asked and is allowed, and nothing else. `again`: only what is told anew, since the caller changed. */
  async #watch(again: boolean): Promise<void> {
    const may = await this.#deps.turn(() => this.#allowed());
    const next = new Map(may.map((scope) => [this.#stampOf(scope), scope]));
    const person = this.#who?.caller?.personId;
    const own = person === undefined ? [] : [callerScope(person)];
    const before = this.#watched;
    const news = await this.#deps.hub.watch([...next.keys(), ...own], this.#heard);
    if (this.#over) return this.#deps.hub.unwatch([...next.keys(), ...own], this.#heard);
    const kept = new Set([...next.keys(), ...own]);
    this.#deps.hub.unwatch(
      [...before.keys()].filter((stamp) => !kept.has(stamp)),
      this.#heard,
    );
    this.#watched = new Map([...next, ...own.map((stamp) => [stamp, ""] as const)]);
    const at: NonNullable<LiveNews["at"]> = {};
    for (const [stamp, scope] of next) {
      const standing = news.get(stamp);
      if (standing && !(again && before.has(stamp))) at[scope] = told(standing);
    }
    const no = this.#asked.filter((scope) => !may.includes(scope));
    this.#send(no.length > 0 ? { at, no } : { at });
  }

  async #allowed(): Promise<string[]> {
    const kinds = new Map<string, string[]>();
    for (const scope of this.#asked) {
      const [kind = "", id = ""] = scope.split(":");
      kinds.set(kind, [...(kinds.get(kind) ?? []), id]);
    }
    const parts = await Promise.all(
      [...kinds].map(async ([kind, ids]) => {
        const rule = Object.hasOwn(this.#deps.scopes, kind) ? this.#deps.scopes[kind] : undefined;
        const may = (await rule?.may(this.#who?.caller ?? null, ids)) ?? [];
        return may.map((id) => `${kind}:${id}`);
      }),
    );
    return parts.flat();
  }

  #stampOf(scope: string): string {
    const [kind = "", id = ""] = scope.split(":");
    return this.#deps.scopes[kind]?.stamp(id) ?? scope;
  }

  readonly #heard = (stamp: string, standing: Standing): void => {
    const scope = this.#watched.get(stamp);
    if (scope) this.#send({ at: { [scope]: told(standing) } });
    // Signed out, blocked, of another office: what was allowed may not be any more.
    if (scope === "") this.#then(() => this.#rethink());
  };

  #callerOf(token: string | null): Promise<Caller | null> {
    return token === null ? Promise.resolve(null) : this.#deps.turn(() => this.#deps.resolveCaller(token));
  }

  async #rethink(): Promise<void> {
    const token = this.#who?.token ?? null;
    this.#who = { token, caller: await this.#callerOf(token) };
    await this.#watch(true);
  }

  #send(news: LiveNews): void {
    if (this.#over || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > mostUnread) return this.#socket.terminate();
    if (news.at) this.#deps.onNews();
    this.#socket.send(JSON.stringify(news));
  }

  #end(): void {
    this.#over = true;
    this.#deps.hub.unwatch(this.#watched.keys(), this.#heard);
    this.#watched.clear();
  }
}

const told = ({ version, secondsAgo }: Standing): [number, number] => [version, secondsAgo];

function asked(text: string) {
  try {
    const result = safeParse(liveAsk, JSON.parse(text));
    return result.success ? result.data : null;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}
