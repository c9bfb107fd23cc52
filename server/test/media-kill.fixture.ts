import { localStorage, s3Storage } from "@weimenhu/connectors/adapters";
import sharp from "sharp";
import { claimMedia, openFiles, storePicture, sweep } from "../src/foundation/media/index.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { loadConfig } from "../src/kernel/config.ts";
import { openDb } from "../src/kernel/db.ts";
import { makeStreamDial } from "../src/kernel/dial-stream.ts";
import { newId } from "../src/kernel/id.ts";
import { insideTx, inTx } from "../src/kernel/tx.ts";

/**
 * A process that brings the same few pictures in again and again, puts every other one into use, and sweeps all the while as
 * if each were a day old, until it is killed. Says each picture that is in use.
 */
const config = loadConfig();
const db = openDb(config, systemClock);
const storage = config.S3_ENDPOINT
  ? s3Storage({
      dial: makeStreamDial({ system: "s3", insideTx }),
      now: () => systemClock.now(),
      endpoint: config.S3_ENDPOINT,
      region: config.S3_REGION,
      bucket: config.S3_BUCKET,
      accessKey: config.S3_ACCESS_KEY,
      secret: config.S3_SECRET,
      pathStyle: config.S3_PATH_STYLE,
    })
  : await localStorage(config.MEDIA_DIR);
const files = await openFiles({ dir: config.MEDIA_DIR, storage });
const person = newId();
const pictures = await Promise.all(
  [0, 1, 2, 3].map((n) =>
    sharp({ create: { width: 9 + n, height: 9, channels: 3, background: "#a1b2c3" } })
      .png()
      .toBuffer(),
  ),
);

async function bringIn(turn: number): Promise<void> {
  const bytes = pictures[turn % pictures.length] ?? new Uint8Array();
  const { id } = await storePicture({ db, clock: systemClock, files }, { by: person, key: newId(), name: "a", bytes });
  if (turn % 2 === 0) return;
  const claimed = await inTx(db, (tx) => claimMedia(tx, { owner: `post:${id}`, person, ids: [id], digests: [] }));
  if (claimed) console.log(id);
}
async function forever(act: (turn: number) => Promise<unknown>): Promise<never> {
  for (let turn = 0; ; turn++) await act(turn);
}
const aDayLater = { now: () => systemClock.now() + 25 * 3_600_000 };
await Promise.all([
  forever(bringIn),
  forever((turn) => bringIn(turn + 1)),
  forever(() => sweep({ db, clock: aDayLater, files })),
]);
