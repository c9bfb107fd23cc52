import { createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createFaults } from "../faults.ts";
import type { Started } from "../serve.ts";

export type ClamdOptions = {
  port?: number;
  /** A local socket instead of a port. */
  path?: string;
  /** StreamMaxLength; 25 MiB when left out. */
  most?: number;
};
export type ClamdControl = {
  /** Lengths of what was scanned to its end, oldest first. */
  scanned(): number[];
};

/** Whatever holds this is taken for infected: the real test file would alarm scanners wherever this source lies. */
export const demoVirus = Buffer.from("WEIMENHU-DEMO-VIRUS");
const virusName = "Demo-Test-Signature";

/**
 * ClamAV's daemon: `zPING`, `zVERSION`, `zINSTREAM`. Faults by command: delay · drop (hangs up at once) · cut (hangs up in the
 * middle of the stream) · lost (scans, hangs up without an answer) · malformed.
 */
export async function startClamd(options: ClamdOptions = {}): Promise<Started<ClamdControl>> {
  const { most = 25 << 20 } = options;
  const faults = createFaults();
  const scanned: number[] = [];
  const seen: string[] = [];
  const sockets = new Set<Socket>();

  async function talk(socket: Socket): Promise<void> {
    const reader = readerOf(socket);
    const command = (await reader.until(0)).toString("latin1");
    seen.push(command);
    const delay = faults.take(command, ["delay"]);
    if (delay) await wait(delay.ms ?? 1_000);
    if (faults.take(command, ["drop"])) return;
    if (faults.take(command, ["malformed"])) return void socket.end("500 what?\0");
    if (command === "zPING") return void socket.end("PONG\0");
    if (command === "zVERSION") return void socket.end("ClamAV 1.0.0/demo\0");
    if (command !== "zINSTREAM") return void socket.end("UNKNOWN COMMAND\0");
    const parts: Buffer[] = [];
    let bytes = 0;
    for (;;) {
      const length = (await reader.take(4)).readUInt32BE();
      if (length === 0) break;
      if (bytes + length > most) return void socket.end("INSTREAM size limit exceeded. ERROR\0");
      parts.push(await reader.take(length));
      bytes += length;
      if (faults.take(command, ["cut"])) return;
    }
    scanned.push(bytes);
    if (faults.take(command, ["lost"])) return;
    const found = Buffer.concat(parts).includes(demoVirus);
    socket.end(found ? `stream: ${virusName} FOUND\0` : "stream: OK\0");
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    // Whoever hangs up in the middle gets no answer.
    talk(socket).then(
      () => socket.destroySoon(),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if (options.path) server.listen(options.path, resolve);
    else server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const at = server.address();
  const address = typeof at === "object" && at ? `127.0.0.1:${at.port}` : String(at);
  return {
    url: address,
    env: { CLAMD: address },
    control: {
      scanned: () => [...scanned],
      fault: (fault) => faults.add(fault),
      clearFaults: () => faults.clear(),
      requests: () => [...seen],
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Takes bytes off a connection in the portions that the protocol has. */
function readerOf(socket: Socket) {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest = Buffer.alloc(0);
  const more = async () => {
    const next = await chunks.next();
    if (next.done) throw new Error("hung up");
    rest = Buffer.concat([rest, next.value]);
  };
  const cut = (length: number, skip = 0) => {
    const part = rest.subarray(0, length);
    rest = rest.subarray(length + skip);
    return part;
  };
  return {
    async take(length: number): Promise<Buffer> {
      while (rest.length < length) await more();
      return cut(length);
    },
    async until(byte: number): Promise<Buffer> {
      while (!rest.includes(byte)) await more();
      return cut(rest.indexOf(byte), 1);
    },
  };
}
