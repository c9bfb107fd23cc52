import type { Readable } from "node:stream";
import type { Checked } from "../checked.ts";

/** Bytes that can be read more than once: what failed in the middle is tried again from the start. */
export type Source = { bytes: number; open(): Readable };

/** The first and the last byte that are wanted, both included. */
export type Part = { from: number; to: number };

/**
 * Where the bytes of pictures and files lie. A name stands for its content, so what is under it is never changed, and is there
 * wholly or not at all. Every call may be repeated. Throws `OutsideFault` when the store does not answer.
 *
 * A file is taken away in two steps, so that nothing is lost when it is wanted again at that moment: `setAside` takes it from
 * its name; then somebody looks whether it is wanted, and `bringBack` or `dropAside` ends it. After a crash between, `aside`
 * still lists it.
 */
export type Storage = Checked & {
  put(name: string, source: Source): Promise<void>;
  has(name: string): Promise<boolean>;
  /** Its length, and its bytes, whole or a part; undefined when there is none. */
  find(name: string): Promise<{ bytes: number; stream(part?: Part): Promise<Readable> } | undefined>;
  /** False when there was none. */
  setAside(name: string): Promise<boolean>;
  bringBack(name: string): Promise<void>;
  dropAside(name: string): Promise<void>;
  /** All names, in any order; what comes or goes meanwhile may be among them or not. */
  names(): AsyncIterable<string>;
  aside(): AsyncIterable<string>;
};
