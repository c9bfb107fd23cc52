/**
 * The WebSocket at `/live`, in JSON texts. The client says which scopes it watches, the server at which version each of
 * them is, and never what changed: whoever hears of a newer version asks anew.
 */
export const livePath = "/live";

export const liveLimits = {
  /** Scopes of one connection. */
  scopes: 40,
  /** Bytes of one message of a client. */
  bytes: 8 * 1024,
  /** Messages of one connection in a minute. */
  messages: 60,
  /** The server sends something at least so often; a client that hears nothing for twice as long calls anew. */
  beatMs: 25_000,
} as const;

/**
 * What the connection watches from now on, all of it: `village:990101101201` `notices:990101101201` `post:<id>`
 * `case:<id>`. Mini-programs send their session here: never in the address, which is written into logs. A browser sends
 * its cookie by itself.
 */
export type LiveAsk = { client: string; token?: string | undefined; scopes: string[] };

/**
 * `at`: the version of a scope, and how many seconds ago it was raised. It comes for each scope when it is first watched,
 * and at every change. `no`: scopes that this caller may not watch. Neither: a sign of life.
 */
export type LiveNews = { at?: Record<string, [version: number, secondsAgo: number]>; no?: string[] };

/** Why the server closes: whoever is told `bad` would be told it again. */
export const liveClose = { stopping: 1001, bad: 1008, tooLarge: 1009, later: 1013 } as const;
