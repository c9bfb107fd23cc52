import { deflateSync } from "node:zlib";

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Buffer) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

/** A PNG of hills under a sky, its colours and ridges by `seed`: stands for a photograph of the village. */
export function landscape(seed: number, width = 640, height = 360): Buffer {
  const lines: Buffer[] = [];
  const hue = (seed * 47) % 60;
  const ridge = (x: number, layer: number) =>
    height * (0.45 + layer * 0.16) +
    Math.sin(x / (70 + layer * 25) + seed * 1.7 + layer) * 26 +
    Math.sin(x / 23 + seed) * 7;
  const ridges = Array.from({ length: width }, (_, x) => [ridge(x, 0), ridge(x, 1), ridge(x, 2)]);
  for (let y = 0; y < height; y++) {
    const line = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x++) {
      const layer = (ridges[x] ?? []).filter((top) => y > top).length;
      const sky = [150 + Math.floor((y / height) * 90), 200 + Math.floor((y / height) * 40), 240];
      const land = [120 - layer * 32 + hue, 165 - layer * 28, 110 - layer * 22];
      line.set(layer === 0 ? sky : land, 1 + x * 3);
    }
    lines.push(line);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(lines));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}
