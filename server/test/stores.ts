import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { localStorage, s3Storage } from "@weimenhu/connectors/adapters";
import type { Storage } from "@weimenhu/connectors/ports";
import { type S3Control, type Started, startS3 } from "@weimenhu/sandbox";
import { makeStreamDial } from "../src/kernel/dial-stream.ts";
import { insideTx } from "../src/kernel/tx.ts";

type Opened = { storage: Storage; close(): Promise<void> };

/** The adapter as the server makes it, on a store that is running. */
export const s3On = ({ env }: Started<S3Control>): Storage =>
  s3Storage({
    dial: makeStreamDial({ system: "s3", insideTx, sleep: async () => undefined }),
    now: Date.now,
    endpoint: env["S3_ENDPOINT"] ?? "",
    region: env["S3_REGION"] ?? "",
    bucket: env["S3_BUCKET"] ?? "",
    accessKey: env["S3_ACCESS_KEY"] ?? "",
    secret: env["S3_SECRET"] ?? "",
    pathStyle: true,
  });

/** Every kind of store, each empty: what is promised of files holds on all of them. */
export const stores: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    "a folder",
    async () => {
      const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-store-"));
      const close = async () => rmSync(dir, { recursive: true, force: true });
      return { storage: await localStorage(dir), close };
    },
  ],
  [
    "an S3 bucket",
    async () => {
      const vendor = await startS3({ pageSize: 5 });
      return { storage: s3On(vendor), close: () => vendor.close() };
    },
  ],
];
