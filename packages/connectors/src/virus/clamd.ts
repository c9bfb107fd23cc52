import { connect, type Socket } from "node:net";
import { type FaultKind, OutsideFault } from "../fault.ts";
import { healthOf } from "../parse.ts";
import type { Source } from "../storage/port.ts";
import type { VirusScan } from "./port.ts";

const SYSTEM = "clamd";
const longestAnswer = 4_096;

export type ClamdSettings = {
  /** `host:port`, or the path of a local socket. */
  address: string;
  /** A call outside must not hold a database transaction open. */
  insideTx: () => boolean;
  /** For one scan, everything included; default 30 s. */
  timeoutMs?: number;
  onCall?: (system: string, outcome: "ok" | FaultKind, ms: number) => void;
};

/** ClamAV's daemon over its socket (`INSTREAM`). Its StreamMaxLength must not be below the largest file that we take. */
export function clamd({ address, insideTx, timeoutMs = 30_000, onCall }: ClamdSettings): VirusScan {
  const ask = async (command: string, body?: Source): Promise<string> => {
    if (insideTx()) throw new Error(`${SYSTEM} was called inside a transaction`);
    const from = performance.now();
    try {
      const answer = await talk(address, command, timeoutMs, body);
      onCall?.(SYSTEM, "ok", performance.now() - from);
      return answer;
    } catch (error) {
      if (error instanceof OutsideFault) onCall?.(SYSTEM, error.kind, performance.now() - from);
      throw error;
    }
  };
  return {
    async scan(source) {
      const answer = await ask("INSTREAM", source);
      if (answer === "stream: OK") return { clean: true };
      const [, virus] = /^stream: (.{1,200}) FOUND$/.exec(answer) ?? [];
      if (virus !== undefined) return { no: "infected", virus };
      // Its limit is set too low, or it cannot read its own data: staff must look.
      if (answer.endsWith("ERROR")) throw new OutsideFault(SYSTEM, "config", { detail: answer.slice(0, 100) });
      throw new OutsideFault(SYSTEM, "bad-answer");
    },
    check: () =>
      healthOf(async () => {
        if ((await ask("PING")) !== "PONG") throw new OutsideFault(SYSTEM, "bad-answer");
      }),
  };
}

async function talk(address: string, command: string, timeoutMs: number, body?: Source): Promise<string> {
  const socket = open(address);
  const silence = setTimeout(() => socket.destroy(new OutsideFault(SYSTEM, "timeout")), timeoutMs);
  // It may answer, and hang up, before it has read everything: then what went wrong with the sending says nothing.
  const sending = send(socket, command, body).catch((fault: Error) => {
    if (!socket.destroyed) socket.destroy(fault);
  });
  try {
    return await answerOn(socket);
  } catch (fault) {
    if (fault instanceof OutsideFault) throw fault;
    const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
    if (!code) throw fault;
    throw new OutsideFault(SYSTEM, "down", { detail: code, unsent: true });
  } finally {
    clearTimeout(silence);
    socket.destroy();
    await sending;
  }
}

function open(address: string): Socket {
  const [, host = "", port = ""] = /^(.+):(\d+)$/.exec(address) ?? [];
  return address.startsWith("/") ? connect({ path: address }) : connect({ host, port: Number(port) });
}

async function send(socket: Socket, command: string, body?: Source): Promise<void> {
  socket.write(`z${command}\0`);
  if (!body) return;
  for await (const part of framed(body)) {
    if (socket.destroyed) return;
    if (!socket.write(part)) await drained(socket);
  }
}

/** When more may be written, or nothing any more. */
const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
    if (socket.destroyed) done();
  });

/** Each part with its length before it; an empty one is the end. */
async function* framed(source: Source): AsyncIterable<Buffer> {
  const length = (bytes: number) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(bytes);
    return head;
  };
  for await (const chunk of source.open() as AsyncIterable<Buffer>) {
    if (chunk.length === 0) continue;
    yield length(chunk.length);
    yield chunk;
  }
  yield length(0);
}

async function answerOn(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    text += chunk.toString("latin1");
    const end = text.indexOf("\0");
    if (end >= 0) return text.slice(0, end);
    if (text.length > longestAnswer) throw new OutsideFault(SYSTEM, "bad-answer");
  }
  throw new OutsideFault(SYSTEM, "down", { detail: "no answer" });
}
