import type { Platform, TestFile } from "./types.ts";

export interface StoredFile extends TestFile {
  path: string;
}

/** The phone's file system, as far as an app sees it: files by path, never the disk of the test machine. */
export class Files {
  #platform: Platform;
  #files = new Map<string, StoredFile>();
  #saved = new Set<string>();
  #count = 0;

  /** `saved`: files that an earlier start of the app has saved. */
  constructor(platform: Platform, saved: readonly StoredFile[] = []) {
    this.#platform = platform;
    for (const file of saved) {
      this.#files.set(file.path, file);
      this.#saved.add(file.path);
    }
  }

  /** Keeps a file and names its path as the platform would. */
  add(file: TestFile): StoredFile {
    const dot = file.name.lastIndexOf(".");
    const extension = dot < 0 ? "" : file.name.slice(dot);
    const name = `${++this.#count}${extension}`;
    const path = this.#platform === "weapp" ? `http://tmp/${name}` : `https://resource/${name}`;
    const stored = { ...file, path };
    this.#files.set(path, stored);
    return stored;
  }
  /** Moves a temporary file to where it outlives the app; its old path is gone. */
  save(file: StoredFile): StoredFile {
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    const path = `${this.#platform === "weapp" ? "http://store" : "https://resource"}/saved-${this.#saved.size}-${name}`;
    const moved = { ...file, path };
    this.#files.delete(file.path);
    this.#files.set(path, moved);
    this.#saved.add(path);
    return moved;
  }
  /** What outlives the app. */
  get saved(): StoredFile[] {
    return [...this.#saved].flatMap((path) => this.#files.get(path) ?? []);
  }
  /** Keeps a file under a path that the app chose. */
  write(path: string, bytes: Uint8Array): void {
    this.#files.set(path, { path, name: path.slice(path.lastIndexOf("/") + 1), bytes, type: "file" });
  }
  get(path: string): StoredFile | undefined {
    return this.#files.get(path);
  }
  /** Throws in the platform's words when there is no such file. */
  need(path: unknown): StoredFile {
    const file = typeof path === "string" ? this.#files.get(path) : undefined;
    if (!file) throw new Error(`no such file or directory, open '${String(path)}'`);
    return file;
  }
  remove(path: string): void {
    this.#files.delete(path);
    this.#saved.delete(path);
  }
}

const TYPES: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  pdf: "application/pdf",
  mp4: "video/mp4",
  json: "application/json",
};

/** The media type by the name's ending. */
export function mediaType(name: string): string {
  return TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}
