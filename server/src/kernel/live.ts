import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import proxyAddr from "@fastify/proxy-addr";
import { liveClose, liveLimits, livePath } from "@weimenhu/contract/live";
import type { FastifyInstance } from "fastify";
import { WebSocketServer } from "ws";
import { clientOf, isOurOrigin, isTooOld } from "./client-gate.ts";
import type { Config } from "./config.ts";
import type { Caller } from "./ctx.ts";
import type { Db } from "./db.ts";
import { LiveHub } from "./live-hub.ts";
import { type LiveScopes, LiveSocket } from "./live-socket.ts";
import type { Log } from "./log.ts";
import { sessionOf } from "./rpc-session.ts";

export type { LiveScope, LiveScopes } from "./live-socket.ts";

export type LiveSettings = {
  db: Pick<Db, "rows">;
  log: Log;
  config: Pick<Config, "PUBLIC_URL" | "MIN_CLIENT" | "TRUST_PROXY" | "LIVE_CONNECTIONS" | "LIVE_ADDRESS">;
  resolveCaller: (token: string) => Promise<Caller | null>;
  scopes: LiveScopes;
  onNews?: () => void;
  onRefused?: (why: "connections" | "address" | "stopping") => void;
};

export type Live = {
  /** Open connections, and the stamps they watch. */
  open(): { connections: number; stamps: number };
  /** Tells everybody to come back later and waits until they are gone. */
  stop(): Promise<void>;
};

/** Whoever connects and says nothing is sent away at the second beat; nobody stays longer than an hour on one sign-in. */
const beatsInHour = Math.ceil(3_600_000 / liveLimits.beatMs);
const stopMs = 1_000;
const mostAtOnce = 3;

/** The WebSocket at `/live`, on the port of the site. */
export function liveSockets(app: FastifyInstance, settings: LiveSettings): Live {
  const { db, log, config, scopes } = settings;
  let blind = false;
  const hub = new LiveHub({
    rows: async (sql, params) => {
      const rows = await db.rows<never>(sql, params);
      blind = false;
      return rows;
    },
    onFault: (err) => {
      if (!blind) log.warn({ err }, "live: version stamps could not be read");
      blind = true;
    },
  });
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: liveLimits.bytes,
    perMessageDeflate: false,
  });
  const open = new Map<LiveSocket, { beats: number }>();
  const addresses = new Map<string, number>();
  const { origin, protocol } = new URL(config.PUBLIC_URL);
  const secure = protocol === "https:";
  const trusted = config.TRUST_PROXY.split(",").map((part) => part.trim());
  const trust = config.TRUST_PROXY === "" ? () => false : proxyAddr.compile(trusted);
  const turn = turns(mostAtOnce);
  let stopping = false;
  let emptied = () => {};

  const tokenIn = (raw: IncomingMessage, client: string): string | null => {
    // A page of another site may connect too, and the browser sends our cookie along: there it counts for nothing.
    const from = raw.headers.origin;
    if (from === undefined || !isOurOrigin(from, origin, raw.headers.host)) return null;
    const cookies = app.parseCookie(raw.headers.cookie ?? "");
    const session = sessionOf({ headers: {}, cookies }, clientOf(client).channel, secure);
    return session?.token ?? null;
  };

  const refused = (address: string) => {
    if (stopping) return "stopping";
    if (open.size >= config.LIVE_CONNECTIONS) return "connections";
    return (addresses.get(address) ?? 0) >= config.LIVE_ADDRESS ? "address" : null;
  };

  const accept = (raw: IncomingMessage, socket: Duplex, head: Buffer) => {
    const address = proxyAddr(raw, trust);
    const why = refused(address);
    if (why) {
      settings.onRefused?.(why);
      socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 60\r\n\r\n");
      return;
    }
    server.handleUpgrade(raw, socket, head, (ws) => {
      const one = new LiveSocket(ws, {
        hub,
        scopes,
        resolveCaller: settings.resolveCaller,
        cookie: (client) => tokenIn(raw, client),
        tooOld: (client) => isTooOld(clientOf(client), config.MIN_CLIENT),
        turn,
        onFault: (err) => log.warn({ err }, "live: a question was not answered"),
        onNews: () => settings.onNews?.(),
      });
      open.set(one, { beats: 0 });
      addresses.set(address, (addresses.get(address) ?? 0) + 1);
      ws.once("close", () => {
        open.delete(one);
        const left = (addresses.get(address) ?? 1) - 1;
        if (left > 0) addresses.set(address, left);
        else addresses.delete(address);
        if (open.size === 0) emptied();
      });
    });
  };

  app.server.on("upgrade", (raw: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (isLive(raw)) accept(raw, socket, head);
    else asPlain(app, raw, socket);
  });

  const beating = setInterval(() => {
    for (const [one, state] of open) {
      state.beats++;
      if (state.beats > beatsInHour) one.close(liveClose.stopping);
      else if (state.beats > 1 && !one.greeted) one.close(liveClose.bad);
      else one.beat();
    }
  }, liveLimits.beatMs);
  beating.unref();

  return {
    open: () => ({ connections: open.size, stamps: hub.size }),
    async stop() {
      stopping = true;
      clearInterval(beating);
      const gone = new Promise<void>((resolve) => {
        emptied = resolve;
        if (open.size === 0) resolve();
      });
      for (const one of open.keys()) one.close(liveClose.stopping);
      const late = setTimeout(() => {
        for (const one of open.keys()) one.terminate();
      }, stopMs);
      await gone;
      clearTimeout(late);
      await hub.stop();
    },
  };
}

/** So many at once; the others stand in line. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy < most) busy++;
    else await new Promise<void>((go) => line.push(go));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else busy--;
    }
  };
}

const isLive = ({ method, url, headers }: IncomingMessage): boolean =>
  method === "GET" && url?.split("?", 1)[0] === livePath && headers.upgrade?.toLowerCase() === "websocket";

/**
 * Somebody offers another protocol (h2c of Java's client, for one) and would be content with ours: once there is a listener,
 * Node hands over these requests too. One with a body cannot be read any more.
 */
function asPlain(app: FastifyInstance, raw: IncomingMessage, socket: Duplex): void {
  if (raw.method !== "GET" && raw.method !== "HEAD") {
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    return;
  }
  const reply = new ServerResponse(raw);
  reply.shouldKeepAlive = false;
  reply.assignSocket(raw.socket);
  reply.once("finish", () => socket.end());
  app.routing(raw, reply);
}
